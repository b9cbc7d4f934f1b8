"""BLIP's image-text matching model in its Hugging Face layout (ViT pre-LN, BERT post-LN with cross-attention, [ENC], ITM head), small.
Module names spell the tensor names of the published format, so that a state dict is exported without a renaming table."""

import math

import torch
from torch import nn
from torch.nn import functional as F

from classes import FACTORS, PAD, VOCAB_SIZE

CONFIG = {'image': 160, 'patch': 8, 'visionWidth': 192, 'visionHeads': 3, 'visionLayers': 5,
          'textWidth': 128, 'textHeads': 4, 'textLayers': 4, 'maxText': 64, 'projection': 64}
VISION_EPS, TEXT_EPS = 1e-6, 1e-12


def splitHeads(x, heads):
    return x.view(x.shape[0], x.shape[1], heads, -1).transpose(1, 2)


def joinHeads(x):
    return x.transpose(1, 2).reshape(x.shape[0], x.shape[2], -1)


class VisionAttention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.projection = nn.Linear(width, width)

    def forward(self, x):
        q, k, v = self.qkv(x).chunk(3, -1)
        q, k, v = splitHeads(q, self.heads), splitHeads(k, self.heads), splitHeads(v, self.heads)
        weights = (q @ k.transpose(-1, -2) * q.shape[-1] ** -.5).softmax(-1)
        return self.projection(joinHeads(weights @ v))


class Mlp(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        return self.fc2(F.gelu(self.fc1(x)))


class VisionLayer(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.layer_norm1, self.layer_norm2 = nn.LayerNorm(width, VISION_EPS), nn.LayerNorm(width, VISION_EPS)
        self.self_attn, self.mlp = VisionAttention(width, heads), Mlp(width)

    def forward(self, x):
        x = x + self.self_attn(self.layer_norm1(x))
        return x + self.mlp(self.layer_norm2(x))


class VisionEmbeddings(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.patch, self.native = c['patch'], c['image'] // c['patch']
        self.class_embedding = nn.Parameter(torch.randn(1, 1, c['visionWidth']) * .02)
        self.position_embedding = nn.Parameter(torch.randn(1, 1 + self.native ** 2, c['visionWidth']) * .02)
        self.patch_embedding = nn.Conv2d(3, c['visionWidth'], c['patch'], c['patch'])

    def positions(self, grid, corner=None):
        """`corner`: a window of the table, for training on smaller images at the same scale; otherwise it is stretched."""
        if grid == self.native:
            return self.position_embedding
        if corner is not None:
            y, x = corner
            table = self.position_embedding[:, 1:].view(1, self.native, self.native, -1)[:, y:y + grid, x:x + grid]
            return torch.cat([self.position_embedding[:, :1], table.flatten(1, 2)], 1)
        table = self.position_embedding[:, 1:].transpose(1, 2).reshape(1, -1, self.native, self.native)
        table = F.interpolate(table.float(), size=(grid, grid), mode='bicubic', align_corners=False)
        return torch.cat([self.position_embedding[:, :1], table.flatten(2).transpose(1, 2)], 1)

    def forward(self, pixels, keep=None, corner=None):
        """`keep` [batch, kept]: patches that stay in the sequence, to train faster on part of the image."""
        grid = pixels.shape[-1] // self.patch
        x = self.patch_embedding(pixels).flatten(2).transpose(1, 2)
        positions = self.positions(grid, corner)
        x = x + positions[:, 1:]
        if keep is not None:
            x = x.gather(1, keep[..., None].expand(-1, -1, x.shape[-1]))
        return torch.cat([(self.class_embedding + positions[:, :1]).to(x.dtype).expand(len(x), -1, -1), x], 1)


class Layers(nn.Module):
    def __init__(self, name, layers):
        super().__init__()
        setattr(self, name, nn.ModuleList(layers))


class VisionModel(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.embeddings = VisionEmbeddings(c)
        self.encoder = Layers('layers', [VisionLayer(c['visionWidth'], c['visionHeads']) for _ in range(c['visionLayers'])])
        self.post_layernorm = nn.LayerNorm(c['visionWidth'], VISION_EPS)

    def forward(self, pixels, keep=None, corner=None):
        x = self.embeddings(pixels, keep, corner)
        for layer in self.encoder.layers:
            x = layer(x)
        return self.post_layernorm(x)


class QueryKeyValue(nn.Module):
    def __init__(self, width, source):
        super().__init__()
        self.query, self.key, self.value = nn.Linear(width, width), nn.Linear(source, width), nn.Linear(source, width)


class DenseNorm(nn.Module):
    def __init__(self, inner, width):
        super().__init__()
        self.dense, self.LayerNorm = nn.Linear(inner, width), nn.LayerNorm(width, TEXT_EPS)

    def forward(self, x, residual):
        return self.LayerNorm(self.dense(x) + residual)


class TextAttention(nn.Module):
    def __init__(self, width, source, heads):
        super().__init__()
        self.heads = heads
        setattr(self, 'self', QueryKeyValue(width, source))
        self.output = DenseNorm(width, width)

    def forward(self, x, source, bias, captions, saved=None):
        """`captions` texts share one image: their queries are laid side by side, so that keys and values are made once."""
        parts = getattr(self, 'self')
        queries = parts.query(x)
        if captions > 1:
            queries = queries.reshape(len(source), -1, queries.shape[-1])
        q = splitHeads(queries, self.heads)
        k, v = splitHeads(parts.key(source), self.heads), splitHeads(parts.value(source), self.heads)
        scores = q @ k.transpose(-1, -2) * q.shape[-1] ** -.5
        weights = (scores if bias is None else scores + bias).softmax(-1)
        if saved is not None:
            saved.append(weights)
        context = joinHeads(weights @ v).reshape(x.shape)
        return self.output(context, x)


class Dense(nn.Module):
    def __init__(self, width, inner):
        super().__init__()
        self.dense = nn.Linear(width, inner)


class TextLayer(nn.Module):
    def __init__(self, c):
        super().__init__()
        width, heads = c['textWidth'], c['textHeads']
        self.attention = TextAttention(width, width, heads)
        self.crossattention = TextAttention(width, c['visionWidth'], heads)
        self.intermediate, self.output = Dense(width, 4 * width), DenseNorm(4 * width, width)

    def forward(self, x, image, bias, captions, saved):
        x = self.attention(x, x, bias, 1)
        if image is not None:
            x = self.crossattention(x, image, None, captions, saved)
        return self.output(F.gelu(self.intermediate.dense(x)), x)


class TextEmbeddings(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.word_embeddings = nn.Embedding(VOCAB_SIZE, c['textWidth'])
        self.position_embeddings = nn.Embedding(c['maxText'], c['textWidth'])
        self.LayerNorm = nn.LayerNorm(c['textWidth'], TEXT_EPS)

    def forward(self, tokens):
        return self.LayerNorm(self.word_embeddings(tokens) + self.position_embeddings.weight[:tokens.shape[1]])


class TextModel(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.embeddings = TextEmbeddings(c)
        self.encoder = Layers('layer', [TextLayer(c) for _ in range(c['textLayers'])])

    def forward(self, tokens, image=None, saved=None):
        """Hidden states after each layer, for tokens [images x captions, length]."""
        bias = torch.zeros(tokens.shape, device=tokens.device).masked_fill(tokens == PAD, -1e4)[:, None, None]
        x, states = self.embeddings(tokens), []
        captions = 1 if image is None else len(tokens) // len(image)
        for layer in self.encoder.layer:
            x = layer(x, image, bias, captions, saved)
            states.append(x)
        return states


class BlipItm(nn.Module):
    def __init__(self, c=CONFIG):
        super().__init__()
        self.vision_model, self.text_encoder = VisionModel(c), TextModel(c)
        self.vision_proj = nn.Linear(c['visionWidth'], c['projection'])
        self.text_proj = nn.Linear(c['textWidth'], c['projection'])
        self.itm_head = nn.Linear(c['textWidth'], 2)
        for module in self.modules():
            if isinstance(module, (nn.Linear, nn.Embedding)):
                nn.init.trunc_normal_(module.weight, std=.04 if isinstance(module, nn.Linear) else .3)
                if getattr(module, 'bias', None) is not None:
                    nn.init.zeros_(module.bias)

        self.startVision(c)

    def startVision(self, c):
        """Starts the image encoder near what trained ones look like: sine positions, queries that match keys, values that undo themselves.
        From plain random weights a ViT this small needs many times the images to learn shapes."""
        with torch.no_grad():
            native, width = c['image'] // c['patch'], c['visionWidth']
            rates = 60. ** (-torch.arange(width // 4) / (width / 4))
            at = torch.arange(native).float()[:, None] * rates
            wave = torch.cat([at.sin(), at.cos()], 1)
            table = torch.cat([wave[:, None].expand(-1, native, -1), wave[None].expand(native, -1, -1)], -1)
            self.vision_model.embeddings.position_embedding[0, 1:] = table.reshape(-1, width) * .5
            for layer in self.vision_model.encoder.layers:
                attention = layer.self_attn
                size = width // attention.heads
                for head in range(attention.heads):
                    u, s, v = torch.linalg.svd(.7 * torch.randn(width, width) / width ** .5 + .7 * torch.eye(width))
                    root = s[:size].sqrt()
                    attention.qkv.weight[head * size:(head + 1) * size] = (u[:, :size] * root).T
                    attention.qkv.weight[width + head * size:width + (head + 1) * size] = (v[:size].T * root).T
                u, s, v = torch.linalg.svd(.4 * torch.randn(width, width) / width ** .5 - .4 * torch.eye(width))
                attention.qkv.weight[2 * width:] = (v.T * s.sqrt()).T
                attention.projection.weight.copy_(u * s.sqrt())

    def match(self, tokens, image):
        """ITM logits [texts, 2]; index 1 = match."""
        return self.itm_head(self.text_encoder(tokens, image)[-1][:, 0])


class TrainingHeads(nn.Module):
    """Heads that only the training uses; they are not exported."""

    def __init__(self, c=CONFIG):
        super().__init__()
        self.patch = nn.Linear(c['visionWidth'], len(FACTORS))
        self.whole = nn.Linear(c['visionWidth'], len(FACTORS))
        self.word = nn.Linear(c['textWidth'], 2)
        self.scale = nn.Parameter(torch.tensor(math.log(10.)))
        self.shift = nn.Parameter(torch.tensor(-4.))
        for head in (self.patch, self.whole):
            nn.init.normal_(head.weight, std=.02)
            nn.init.constant_(head.bias, -3.)
