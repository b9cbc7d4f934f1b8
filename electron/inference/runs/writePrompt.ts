// The picture that the judge of a run was shown of a class, made again from the run's maps.
import type { OperationInput } from '../../link/operations.ts';
import { explainerOf, type AnyRun } from '../engines/engines.ts';
import type { RgbImage } from '../image/rgbImage.ts';
import { writeScaled } from '../pictures/pictures.ts';
import { checkImage } from '../pipeline/masks/masks.ts';

type Asked = Omit<OperationInput<'prelabel.prompt'>, 'imagePath' | 'runFile'>;

/** The image as it is where the judge saw no picture of the class. */
export async function writePrompt(
  run: AnyRun,
  image: RgbImage,
  { categoryId, pass, target, maxSide }: Asked,
): Promise<Record<string, never>> {
  checkImage(run, image);
  const place = run.classes.findIndex(({ id }) => id === categoryId);
  const picture = explainerOf(run).judgePicture?.(run, image, place, pass) ?? image;
  await writeScaled(picture, target, maxSide);
  return {};
}
