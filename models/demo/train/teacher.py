"""A small convolutional teacher: it learns from image-level names what each patch of 8 x 8 pixels shows, and then guides the image encoder.
A ViT of this size needs far more images than a convolution to learn shapes; the teacher is thrown away after the training."""

import torch
from torch import nn

from classes import FACTORS


def convolution(source, target, stride=1, dilation=1):
    return nn.Sequential(nn.Conv2d(source, target, 3, stride, dilation, dilation, bias=False), nn.BatchNorm2d(target), nn.ReLU())


class Teacher(nn.Module):
    """Logits [batch, patches, factors]."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(convolution(3, 32, 2), convolution(32, 64, 2), convolution(64, 64), convolution(64, 128, 2))
        self.blocks = nn.ModuleList([convolution(128, 128), convolution(128, 128), convolution(128, 128, dilation=2), convolution(128, 128)])
        self.head = nn.Conv2d(128, len(FACTORS), 1)
        nn.init.constant_(self.head.bias, -3.)

    def forward(self, pixels):
        x = self.stem(pixels.contiguous(memory_format=torch.channels_last))
        for block in self.blocks:
            x = x + block(x)
        return self.head(x).flatten(2).transpose(1, 2)
