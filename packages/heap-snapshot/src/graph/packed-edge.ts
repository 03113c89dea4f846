/**
 * An edge is one 32-bit number: where it leads (27 bits), whether the depth-first walk went along it (1), its type
 * (3), and in the sign whether it is left out of the dominators' graph. Names stay in the file.
 */
export const targetBits = 0x07ffffff;
export const walkedBit = 0x08000000;
export const typeShift = 28;
export const typeBits = 7;
export const nonessential: number = 0x80000000 | 0;
