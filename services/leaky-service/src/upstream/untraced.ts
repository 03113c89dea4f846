import type { RequestOptions } from 'node:http';

/**
 * Marks the options of a call that gets no span: one whose answer its caller reads as it likes may never end, nor would its
 * span, which is shown nowhere before it does and keeps as much as the call itself meanwhile.
 */
export const untraced: unique symbol = Symbol('untraced');

export const isUntraced = (options: RequestOptions): boolean => untraced in options;
