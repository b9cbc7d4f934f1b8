// Which reader takes which weight file, and which files a checkpoint consists of.
import { posix } from 'node:path';
import { ModelError, shown } from '../../errors.ts';
import type { WeightIndex } from '../../family.ts';
import { readShardNames, SHARD_INDEX } from '../../files/shards.ts';
import { readSafetensorsIndex } from '../../safetensors/reader.ts';
import { readTorchIndex } from '../../torch/reader.ts';

const SAFETENSORS = /\.safetensors(\.index\.json)?$/i;
const TORCH = /\.(bin|pth|pt)$|\.bin\.index\.json$/i;

/** Tensors of the checkpoint at `path`, known as `name` inside its pack. Throws ModelError. */
export async function readWeights(path: string, name: string): Promise<WeightIndex> {
  if (SAFETENSORS.test(name)) return readSafetensorsIndex(path, name);
  if (TORCH.test(name)) return readTorchIndex(path, name);
  throw new ModelError('MODEL_FILE_UNSUPPORTED', {
    file: name,
    expected: 'a .safetensors, .bin, .pth or .pt file',
    found: shown(posix.extname(name)),
  });
}

/** Names of all files of a checkpoint: itself, and its shards where it is an index. */
export async function weightFileNames(path: string, name: string): Promise<string[]> {
  if (!SHARD_INDEX.test(name)) return [name];
  const shards = await readShardNames(path, name);
  return [name, ...shards.map((shard) => posix.join(posix.dirname(name), shard))];
}
