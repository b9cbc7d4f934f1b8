"""Trains the demonstration model on composed scenes; every label it sees is a name that is or is not in the image, never a mask.
Restartable: the state is saved every few minutes and a stage given again continues where it stopped.
On a CPU one single-threaded process per core shares the batch: two of them made over twice the images per second of one with two threads."""

import argparse
import datetime
import os
import time

import numpy as np
import torch
import torch.distributed
import torch.multiprocessing
from PIL import Image
from torch import nn
from torch.nn import functional as F

from captions import LONG_LENGTH, longCaption, shortTable
from classes import CLS, FACTORS, NAMES, OBJECT_COUNT, factorsOf
from model import BlipItm, TrainingHeads
from safetensorsFile import readTensors
from scenes import FIRST_PAIR, Palette, UNSEEN_IDS, composeScene, presence
from sprites import TRAIN_STYLES, loadSprites
from teacher import Teacher
from textures import textureBank

MEAN = torch.tensor([0.48145466, 0.4578275, 0.40821073]).view(1, 3, 1, 1)
STD = torch.tensor([0.26862954, 0.26130258, 0.27577711]).view(1, 3, 1, 1)
TRUE_SHORT, MINED_SHORT = 2, 2
TOP_PATCHES, SIMPLE_TOP_PATCHES = 5, 8
ASKED = [i for i in range(len(NAMES)) if i not in UNSEEN_IDS]


def withFlatCopies(sprites):
    """Each pictogram once more in six flat colours: what a thing looks like must not hang on one style's shading."""
    flat = lambda array: np.dstack([np.asarray(Image.fromarray(array[..., :3]).quantize(6, Image.MEDIANCUT).convert('RGB')), array[..., 3]])
    return {name: arrays + [flat(array) for array in arrays] for name, arrays in sprites.items()}


class Scenes(torch.utils.data.Dataset):
    """Batch number -> images, presence rows, long captions. The number seeds it, so that a restart repeats nothing and skips nothing."""

    def __init__(self, sprites, seed, side, batch, start, count, rank, longCaptions=2, hasFlat=False, isSimple=False, pairShare=.28):
        self.sprites, self.seed, self.side, self.batch, self.start, self.count = sprites, seed, side, batch, start, count
        self.rank, self.longCaptions, self.hasFlat, self.isSimple, self.pairShare = rank, longCaptions, hasFlat, isSimple, pairShare
        self.palette = None

    def __len__(self):
        return self.count

    def __getitem__(self, index):
        if self.palette is None:
            drawn = loadSprites(self.sprites, TRAIN_STYLES)
            self.palette = Palette(withFlatCopies(drawn) if self.hasFlat else drawn, textureBank(self.seed, 384, 16, 120), self.seed, shapesPerPair=16)
        rng = np.random.RandomState((self.seed * 1000003 + self.rank * 500009 + self.start + index) % 2 ** 32)
        images = np.zeros((self.batch, self.side, self.side, 3), np.uint8)
        rows = np.zeros((self.batch, len(NAMES)), np.int8)
        tokens = np.zeros((self.batch, self.longCaptions, LONG_LENGTH), np.int64)
        words = np.zeros(tokens.shape, np.int8)
        match = np.zeros((self.batch, self.longCaptions), np.int64)
        for i in range(self.batch):
            while not (rows[i] == 1).any():
                images[i], labels, _, ids = composeScene(rng, self.palette, self.side, *((1 + rng.randint(2), (28, .95 * self.side)) if self.isSimple else ()),
                                                         pairShare=self.pairShare)
                rows[i] = presence(labels, ids)
            for j in range(self.longCaptions):
                match[i, j] = rng.randint(2)
                tokens[i, j], words[i, j] = longCaption(rng, rows[i], match[i, j] == 1)
        return (torch.from_numpy(images), torch.from_numpy(rows), torch.from_numpy(tokens), torch.from_numpy(words), torch.from_numpy(match))


def prepare(images, device, rng):
    """Normalised pixels; up to 30 % of the patches set to 0 on four images in ten, as Salience DropOut will do."""
    pixels = (images.to(device).permute(0, 3, 1, 2).float() / 255 - MEAN.to(device)) / STD.to(device)
    grid = pixels.shape[-1] // 8
    share = torch.rand(len(pixels), 1, 1, 1, generator=rng) * .3 * (torch.rand(len(pixels), 1, 1, 1, generator=rng) < .4)
    shown = (torch.rand(len(pixels), 1, grid, grid, generator=rng) >= share).float().to(device)
    return pixels * F.interpolate(shown, scale_factor=8), shown.flatten(1)


def balancedMatchLoss(logits, labels, kinds, most=6.):
    """Cross-entropy in which true and false captions of a kind of name (thing, stuff, pair) weigh the same.
    The most likely absent names are nearly all pairs, so without it the model learns that a caption of one pair is false."""
    weights = torch.ones(len(labels), device=logits.device)
    for kind in range(3):
        ofKind = kinds == kind
        for answer in (0, 1):
            those = ofKind & (labels == answer)
            if those.any():
                weights[those] = (ofKind.sum() / (2 * those.sum())).clamp(max=most)
    return (F.cross_entropy(logits, labels, reduction='none') * weights).sum() / weights.sum()


class Trainer:
    def __init__(self, device, easyShort=2, balanced=False):
        self.device, self.easyShort, self.balanced = device, easyShort, balanced
        self.model, self.heads, self.teacher = BlipItm().to(device), TrainingHeads().to(device), Teacher().to(device)
        tokens, named = shortTable()
        self.shortTokens, self.shortNamed = torch.from_numpy(tokens).to(device), torch.from_numpy(named).to(device)
        first = [factorsOf(i)[0] for i in range(len(NAMES))]
        last = [factorsOf(i)[-1] for i in range(len(NAMES))]
        self.firstFactor, self.lastFactor = torch.tensor(first).to(device), torch.tensor(last).to(device)
        self.asked = torch.zeros(len(NAMES), dtype=torch.bool)
        self.asked[ASKED] = True
        self.asked = self.asked.to(device)
        table = torch.zeros(len(NAMES), len(FACTORS))
        for i in range(len(NAMES)):
            table[i, factorsOf(i)] = 1
        self.factorTable = table.to(device)
        self.kinds = torch.tensor([0 if i < OBJECT_COUNT else 1 if i < FIRST_PAIR else 2 for i in range(len(NAMES))]).to(device)

    def factorTargets(self, rows):
        """1 present, 0 absent, -1 not to be asked, per factor."""
        present = ((rows == 1).float() @ self.factorTable > 0).float()
        unsure = ((rows == -1).float() @ self.factorTable > 0) & (present == 0)
        return present.masked_fill(unsure, -1)

    def chooseShort(self, rows, scores, rng):
        """Names for the single-class captions: present ones, absent ones that the patch head finds likely, absent ones at random."""
        noise = torch.rand(rows.shape, generator=rng).to(self.device)
        present = torch.where(rows == 1, noise, noise - 2)
        absent = (rows == 0) & self.asked
        easy = torch.where(absent, noise, noise - 2)
        mined = torch.where(absent, scores + .8 * torch.randn(rows.shape, generator=rng).to(self.device), torch.full_like(scores, -1e4))
        names = torch.cat([present.topk(TRUE_SHORT, 1).indices, mined.topk(MINED_SHORT, 1).indices, easy.topk(self.easyShort, 1).indices], 1)
        answers = rows.gather(1, names)
        return names, answers

    def visionLoss(self, batch):
        """Image-level names straight from the patches: the cheapest way to learn what things look like."""
        images, rows = batch[0].to(self.device), batch[1].to(self.device).float()
        pixels = (images.permute(0, 3, 1, 2).float() / 255 - MEAN.to(self.device)) / STD.to(self.device)
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            image = self.model.vision_model(pixels)
            patches, whole = self.heads.patch(image[:, 1:]).float(), self.heads.whole(image[:, 0]).float()
        top, targets = patches.topk(SIMPLE_TOP_PATCHES, 1).values.mean(1), self.factorTargets(rows)
        each = F.binary_cross_entropy_with_logits(top, targets.clamp(min=0), weight=(targets >= 0).float(), reduction='none')
        byWhole = F.binary_cross_entropy_with_logits(whole, targets.clamp(min=0), weight=(targets >= 0).float(), reduction='none')
        found = ((top > -.5) & (targets == 1))[:, :OBJECT_COUNT].sum() / (targets == 1)[:, :OBJECT_COUNT].sum().clamp(min=1)
        return (each.sum() + byWhole.sum()) / len(images), {'patch': float(each.sum() / len(images)), 'whole': float(byWhole[:, :OBJECT_COUNT].sum() / len(images)), 'objects': float(each[:, :OBJECT_COUNT].sum() / len(images)), 'found': float(found)}

    def teacherLoss(self, batch, rng):
        """The same image-level task for the teacher, with blanked patches, so that it finds all of a thing."""
        rows = batch[1].to(self.device).float()
        pixels, shown = prepare(batch[0], self.device, rng)
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            patches = self.teacher(pixels).float()
        top = patches.masked_fill((shown < .5)[..., None], -30.).topk(TOP_PATCHES, 1).values.mean(1)
        targets = self.factorTargets(rows)
        each = F.binary_cross_entropy_with_logits(top, targets.clamp(min=0), weight=(targets >= 0).float(), reduction='none')
        found = ((top > -.5) & (targets == 1))[:, :OBJECT_COUNT].sum() / (targets == 1)[:, :OBJECT_COUNT].sum().clamp(min=1)
        return each.sum() / len(rows), {'patch': float(each.detach().sum() / len(rows)), 'objects': float(each.detach()[:, :OBJECT_COUNT].sum() / len(rows)), 'found': float(found)}

    def losses(self, batch, keepShare, guide, taughtWeight, step, rng):
        images, rows, longTokens, longWords, longMatch = [part.to(self.device) for part in batch]
        rows = rows.float()
        pixels, shown = prepare(images, self.device, rng)
        count = shown.shape[1]
        keep = None
        if keepShare < 1:
            order = torch.rand(len(images), count, generator=rng).to(self.device) + shown * .25
            keep = order.topk(int(count * keepShare), 1).indices
            shown = shown.gather(1, keep)
        out = {}
        with torch.no_grad(), torch.autocast(self.device.type, dtype=torch.bfloat16):
            taught = self.teacher(pixels).float()
            if keep is not None:
                taught = taught.gather(1, keep[..., None].expand(-1, -1, taught.shape[-1]))
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            room = self.model.vision_model.embeddings.native - pixels.shape[-1] // 8
            corner = torch.randint(room + 1, (2,), generator=rng).tolist()
            image = self.model.vision_model(pixels, keep, corner)
            patches = self.heads.patch(image[:, 1:]).float()
            hidden = (shown < .5)[..., None]
            out['taught'] = F.binary_cross_entropy_with_logits(patches, taught.sigmoid(), reduction='sum') / patches.shape[0] / patches.shape[1]
            top = patches.masked_fill(hidden, -30.).topk(TOP_PATCHES, 1).values.mean(1)
            targets = self.factorTargets(rows)
            out['patch'] = F.binary_cross_entropy_with_logits(top, targets.clamp(min=0), weight=(targets >= 0).float(), reduction='sum') / len(images) / 4
            out['found'] = ((top[:, :OBJECT_COUNT] > -.5) & (targets[:, :OBJECT_COUNT] == 1)).sum() / (targets[:, :OBJECT_COUNT] == 1).sum().clamp(min=1)
            scores = torch.minimum(top[:, self.firstFactor], top[:, self.lastFactor]).detach()
            names, answers = self.chooseShort(rows, scores, rng)
            template = torch.randint(len(self.shortTokens), names.shape, generator=rng).to(self.device)
            tokens = self.shortTokens[template, names].flatten(0, 1)
            named = self.shortNamed[template, names]
            saved = []
            states = self.model.text_encoder(tokens, image, saved)
            logits = self.model.itm_head(states[-1][:, 0]).float()
            labels = answers.flatten()
            sure = labels >= 0
            kinds = self.kinds[names].flatten()
            out['short'] = balancedMatchLoss(logits[sure], labels[sure].long(), kinds[sure]) if self.balanced else F.cross_entropy(logits[sure], labels[sure].long())
            out['shortRight'] = (logits[sure].argmax(1) == labels[sure]).float().mean()
            wordLoss, wordCount = 0, 0
            flat = named.flatten(0, 1)
            asked = flat & sure[:, None]
            truth = labels[:, None].expand(flat.shape)
            for level in (1, 3):
                wordLoss = wordLoss + F.cross_entropy(self.heads.word(states[level][asked]).float(), truth[asked].long())
                wordCount += 1
            longStates = self.model.text_encoder(longTokens.flatten(0, 1), image)
            longLogits = self.model.itm_head(longStates[-1][:, 0]).float()
            out['long'] = F.cross_entropy(longLogits, longMatch.flatten())
            out['longRight'] = (longLogits.argmax(1) == longMatch.flatten()).float().mean()
            words = longWords.flatten(0, 1)
            for level in (1, 3):
                wordLoss = wordLoss + F.cross_entropy(self.heads.word(longStates[level][words >= 0]).float(), words[words >= 0].long())
                wordCount += 1
            out['word'] = wordLoss / wordCount
            if guide > 0:
                out['guide'] = self.guideLoss(saved, taught, names, answers, named, shown)
            if step % 3 == 0:
                cls = self.shortTokens[0].clone()
                cls[:, 0] = CLS
                text = self.model.text_proj(self.model.text_encoder(cls)[-1][:, 0]).float()
                cosine = F.normalize(self.model.vision_proj(image[:, 0]).float(), dim=-1) @ F.normalize(text, dim=-1).T
                itc = F.binary_cross_entropy_with_logits(self.heads.scale.exp() * cosine + self.heads.shift, rows.clamp(min=0),
                                                         weight=((rows >= 0) & self.asked).float(), reduction='sum') / len(images) / 8
                out['itc'] = itc
        total = out['short'] + out['long'] + .5 * out['word'] + .5 * out['patch'] + taughtWeight * out['taught'] + guide * out.get('guide', 0) + .3 * out.get('itc', 0)
        return total, {key: float(value.detach()) for key, value in out.items()}

    def guideLoss(self, saved, patches, names, answers, named, shown):
        """Pulls the class words' cross-attention in layers 1 and 2 towards the patches that the image-level patch head finds;
        its labels are image-level too, so no mask enters."""
        b, n = names.shape
        positive = answers == 1
        likely = torch.minimum(patches.gather(2, self.firstFactor[names][:, None].expand(-1, patches.shape[1], -1)),
                               patches.gather(2, self.lastFactor[names][:, None].expand(-1, patches.shape[1], -1)))
        target = torch.sigmoid(likely).transpose(1, 2) * shown[:, None]
        target = target / target.sum(-1, keepdim=True).clamp(min=1e-4)
        total = 0
        for weights in saved[:2]:
            mean = weights.float().mean(1).view(b, n, -1, weights.shape[-1])[..., 1:]
            cross = -(target[:, :, None] * (mean + 1e-5).log()).sum(-1)
            floor = -(target * (target + 1e-5).log()).sum(-1)[:, :, None]
            chosen = named & positive[..., None]
            total = total + ((cross - floor) * chosen).sum() / chosen.sum().clamp(min=1)
        return total / 2


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--sprites', required=True)
    parser.add_argument('--out', required=True)
    parser.add_argument('--stage', required=True, help='name; a new name continues from the last state with a new sampler position')
    parser.add_argument('--side', type=int, default=160)
    parser.add_argument('--keep', type=float, default=1, help='share of patches kept in the sequence')
    parser.add_argument('--steps', type=int, required=True)
    parser.add_argument('--batch', type=int, default=32)
    parser.add_argument('--rate', type=float, default=1e-3)
    parser.add_argument('--warmup', type=int, default=300)
    parser.add_argument('--decay', type=int, default=0, help='steps at the end over which the rate falls to 0')
    parser.add_argument('--until', type=int, default=0, help='end after so many steps of the stage, before its rate has fallen to 0')
    parser.add_argument('--guide', type=float, default=0)
    parser.add_argument('--long', type=int, default=2, help='captions over several names per image')
    parser.add_argument('--easy', type=int, default=2, help='single-name captions per image whose name is absent and drawn at random')
    parser.add_argument('--balanced', action='store_true', help='true and false single-name captions weigh the same for each kind of name')
    parser.add_argument('--flat', action='store_true', help='pictograms in six flat colours as well')
    parser.add_argument('--pairs', type=float, default=.28, help='share of coloured shapes among the things drawn')
    parser.add_argument('--teacher', action='store_true', help='train the convolutional teacher, kept apart in teacher.pt')
    parser.add_argument('--from-pack', help='a model folder to start from where there is no saved state; the throw-away heads start fresh')
    parser.add_argument('--taught', type=float, default=1, help='weight of following the teacher patch by patch')
    parser.add_argument('--vision', action='store_true', help='image encoder alone, by the patch loss, on one or two larger things')
    parser.add_argument('--seed', type=int, default=7)
    parser.add_argument('--minutes', type=float, default=2.5, help='between saved states')
    parser.add_argument('--apart', type=int, default=1, help='steps that a process takes by itself between averages of the weights; 1 = gradients are averaged')
    parser.add_argument('--processes', type=int, default=2, help='on a CPU; they share the batch')
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    world = 1 if torch.cuda.is_available() else options.processes
    if world == 1:
        run(0, 1, options)
    else:
        meeting = os.path.abspath(os.path.join(options.out, 'meeting'))
        if os.path.exists(meeting):
            os.remove(meeting)
        torch.multiprocessing.start_processes(runShared, (world, options, meeting), world, start_method='fork')


def runShared(rank, world, options, meeting):
    torch.set_num_threads(1)
    torch.distributed.init_process_group('gloo', f'file://{meeting}', rank=rank, world_size=world, timeout=datetime.timedelta(hours=6))
    run(rank, world, options)


def summed(tensors, stop):
    """The tensors added up over the processes, flat, and whether any process wants to stop."""
    flat = torch.cat([tensor.flatten() for tensor in tensors] + [torch.tensor([float(stop)])])
    torch.distributed.all_reduce(flat)
    return flat[:-1].split([tensor.numel() for tensor in tensors]), flat[-1] > 0


def averageGradients(parameters, world, stop):
    sums, stop = summed([torch.zeros_like(p) if p.grad is None else p.grad for p in parameters], stop)
    for p, total in zip(parameters, sums):
        p.grad = total.view_as(p) / world
    return stop


def averageWeights(modules, world, stop):
    """For processes that take several steps by themselves: on a busy machine they then seldom wait for each other."""
    tensors = [tensor for tensor in modules.state_dict().values() if tensor.is_floating_point()]
    sums, stop = summed(tensors, stop)
    for tensor, total in zip(tensors, sums):
        tensor.copy_(total.view_as(tensor) / world)
    return stop


def run(rank, world, options):
    torch.manual_seed(options.seed)
    device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
    trainer = Trainer(device, options.easy, options.balanced)
    both = nn.ModuleDict({'teacher': trainer.teacher} if options.teacher else {'model': trainer.model, 'heads': trainer.heads})
    parameters = list(both.parameters())
    decayed = [p for n, p in both.named_parameters() if p.dim() > 1 and 'embedding' not in n]
    others = [p for n, p in both.named_parameters() if not (p.dim() > 1 and 'embedding' not in n)]
    optimizer = torch.optim.AdamW([{'params': decayed, 'weight_decay': .05}, {'params': others, 'weight_decay': 0.}],
                                  lr=options.rate, betas=(.9, .98), **({'fused': True} if torch.__version__ >= '2.4' else {}))
    path = os.path.join(options.out, 'teacher.pt' if options.teacher else 'state.pt')
    teacherPath = os.path.join(options.out, 'teacher.pt')
    if not options.teacher and not options.vision:
        trainer.teacher.load_state_dict({key[8:]: value for key, value in torch.load(teacherPath, map_location=device)['weights'].items()})
        trainer.teacher.eval()
    state = {'stage': options.stage, 'step': 0, 'batches': 0, 'images': 0, 'history': []}
    if options.from_pack and not os.path.exists(path):
        trainer.model.load_state_dict({key: torch.from_numpy(value.astype(np.float32))
                                       for key, value in readTensors(os.path.join(options.from_pack, 'model.safetensors')).items()})
    if os.path.exists(path):
        saved = torch.load(path, map_location=device)
        both.load_state_dict(saved['weights'], strict=False)
        if len(saved['optimizer']['param_groups'][0]['params']) == len(optimizer.state_dict()['param_groups'][0]['params']):
            optimizer.load_state_dict(saved['optimizer'])
        state.update(saved['state'])
        if state['stage'] != options.stage:
            state['history'].append((state['stage'], state['step']))
            state.update(stage=options.stage, step=0)
    last = options.until or options.steps
    left = last - state['step']
    if rank == 0:
        print(f'stage {options.stage}: {left} steps of {options.batch} at {options.side} px on {world} x {device.type}, from batch {state["batches"]}', flush=True)
    data = Scenes(options.sprites, options.seed, options.side, options.batch // world, state['batches'], left, rank,
                  options.long, options.flat, options.vision, options.pairs)
    loader = torch.utils.data.DataLoader(data, batch_size=None, num_workers=1 if device.type == 'cpu' else 12, prefetch_factor=4)
    means, clock, savedAt = {}, time.time(), time.time()
    both.train()
    for batch in loader:
        rate = options.rate * min(1, (state['batches'] + 1) / options.warmup)
        if options.decay:
            rate *= min(1, (options.steps - state['step']) / options.decay)
        for group in optimizer.param_groups:
            group['lr'] = rate
        rng = torch.Generator().manual_seed(options.seed * 7919 + state['batches'] + rank * 1000000007)
        if options.teacher:
            total, parts = trainer.teacherLoss(batch, rng)
        elif options.vision:
            total, parts = trainer.visionLoss(batch)
        else:
            total, parts = trainer.losses(batch, options.keep, options.guide, options.taught, state['step'], rng)
        optimizer.zero_grad(set_to_none=True)
        total.backward()
        stop = rank == 0 and os.path.exists(os.path.join(options.out, 'stop'))
        if world > 1 and options.apart == 1:
            stop = averageGradients(parameters, world, stop)
        nn.utils.clip_grad_norm_(parameters, 1.)
        optimizer.step()
        state['step'] += 1
        together = state['step'] % options.apart == 0 or state['step'] == last
        if world > 1 and options.apart > 1:
            stop = together and averageWeights(both, world, stop)
        state['batches'] += 1
        state['images'] += options.batch
        if rank == 0:
            for key, value in parts.items():
                means[key] = means.get(key, value) * .98 + value * .02
            if state['step'] % 40 == 0:
                speed = 40 * options.batch / (time.time() - clock)
                clock = time.time()
                print(f'{time.strftime("%H:%M:%S")} {options.stage} {state["step"]} batch {state["batches"]} images {state["images"]} lr {rate:.1e} '
                      + f'{speed:.0f} img/s ' + ' '.join(f'{key} {value:.3f}' for key, value in means.items()), flush=True)
            if together and (stop or state['step'] == last or time.time() - savedAt > options.minutes * 60):
                torch.save({'weights': both.state_dict(), 'optimizer': optimizer.state_dict(), 'state': state}, path + '.part')
                os.replace(path + '.part', path)
                savedAt = time.time()
        if stop:
            break


if __name__ == '__main__':
    main()
