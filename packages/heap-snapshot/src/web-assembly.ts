/** The little of WebAssembly's types that is used: they are part of TypeScript's DOM library only. */
interface WebAssemblyNamespace {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
  readonly Memory: new (limits: { initial: number; maximum: number; shared: true }) => SharedMemory;
}

/** Memory of WebAssembly that threads share. What was looked at before stays valid when it grows. */
export interface SharedMemory {
  readonly buffer: SharedArrayBuffer;
  grow(pages: number): number;
}

export const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyNamespace };

export const page_bytes = 64 * 1024;
export const mostPages = 65_536;

/** Compiles a module from base64 when first asked for it. */
export function compiledOnce(base64: string): () => object {
  let compiled: object | undefined;
  return () => {
    compiled ??= new WebAssembly.Module(Buffer.from(base64, 'base64'));
    return compiled;
  };
}
