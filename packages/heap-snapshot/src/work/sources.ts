import { type DecodedFile, decodedBytes, openDecodedFile } from '../read/decoded-file.ts';

/** A source as it goes from thread to thread: a file of plain JSON, or bytes. */
export interface WorkSource {
  readonly name: string;
  readonly from: { readonly path: string } | { readonly bytes: Uint8Array };
}

export function openSource({ name, from }: WorkSource): DecodedFile {
  return 'path' in from ? openDecodedFile(from.path, name) : decodedBytes(from.bytes, name);
}
