"""The HarDNet family in PyTorch, as its authors define it: what the acceptance run compares with.

Module names are those of the authors' state_dict, so that their weights, or synthetic ones, load unchanged.
"""

import torch
import torch.nn as nn
import torch.nn.functional as F


class ConvLayer(nn.Sequential):
    """A convolution, its batch norm and its activation."""

    def __init__(self, inputs, outputs, kernel, stride, activation):
        super().__init__()
        self.add_module("conv", nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False))
        self.add_module("norm", nn.BatchNorm2d(outputs))
        self.add_module("relu", activation(inplace=True))


class DepthwiseLayer(nn.Sequential):
    """A depthwise 3x3 and its batch norm, without activation."""

    def __init__(self, channels, stride):
        super().__init__()
        self.add_module("dwconv", nn.Conv2d(channels, channels, 3, stride, 1, groups=channels, bias=False))
        self.add_module("norm", nn.BatchNorm2d(channels))


class SeparableLayer(nn.Sequential):
    """A 1x1 with activation, then a depthwise 3x3 without."""

    def __init__(self, inputs, outputs, activation):
        super().__init__()
        self.add_module("layer1", ConvLayer(inputs, outputs, 1, 1, activation))
        self.add_module("layer2", DepthwiseLayer(outputs, 1))


def links(layer):
    """The layers that a layer reads, nearest first."""
    distances = [2 ** n for n in range(layer.bit_length()) if layer % 2 ** n == 0 and 2 ** n <= layer]
    return [layer - distance for distance in distances]


def width(layer, growth, multiplier):
    """The output channels of a layer of a harmonic dense block."""
    channels = float(growth)
    for _ in links(layer)[1:]:
        channels *= multiplier
    return int(int(channels + 1) / 2) * 2


class HarmonicBlock(nn.Module):
    """A harmonic dense block; every layer is kept until its end, as in the authors' code."""

    def __init__(self, inputs, layers, growth, multiplier, layer):
        super().__init__()
        widths = [inputs] + [width(k, growth, multiplier) for k in range(1, layers + 1)]
        self.links = [links(k) for k in range(1, layers + 1)]
        self.kept = [k for k in range(1, layers + 1) if k % 2 == 1 or k == layers]
        self.outputs = sum(widths[k] for k in self.kept)
        self.layers = nn.ModuleList(
            layer(sum(widths[i] for i in self.links[k]), widths[k + 1]) for k in range(layers))

    def forward(self, x):
        outputs = [x]
        for linked, layer in zip(self.links, self.layers):
            read = [outputs[i] for i in linked]
            outputs.append(layer(torch.cat(read, 1) if len(read) > 1 else read[0]))
        return torch.cat([outputs[k] for k in self.kept], 1)


def dense_block(inputs, layers, growth, activation):
    return HarmonicBlock(inputs, layers, growth, 1.7, lambda i, o: ConvLayer(i, o, 3, 1, activation))


HARDNET_39DS = (24, [(4, 16, 96, True), (16, 20, 320, True), (8, 64, 640, True)])
HARDNET_68 = (32, [(8, 14, 128, True), (16, 16, 256, False), (16, 20, 320, True), (16, 40, 640, True)])
HARDNET_85 = (48, [(8, 24, 192, True), (16, 24, 256, False), (16, 28, 320, True), (16, 36, 480, False),
                   (16, 48, 720, True)])


class Classifier(nn.Module):
    """hardnet39ds, hardnet68ds, hardnet68 and hardnet85: logits N x 1000."""

    def __init__(self, backbone, last, multiplier=1.7, depthwise=False, dropout=False):
        super().__init__()
        stem, stages = backbone
        modules = [ConvLayer(3, stem, 3, 2, nn.ReLU6),
                   ConvLayer(stem, 2 * stem, 1 if depthwise else 3, 1, nn.ReLU6),
                   DepthwiseLayer(2 * stem, 2) if depthwise else nn.MaxPool2d(3, 2, 1)]
        channels = 2 * stem
        for layers, growth, transition, halves in stages + [last]:
            modules.append(self.block(channels, layers, growth, multiplier, depthwise))
            outputs = modules[-1].outputs
            if dropout and growth == last[1]:
                modules.append(nn.Dropout(0.1))
            modules.append(ConvLayer(outputs, transition, 1, 1, nn.ReLU6))
            if halves:
                modules.append(DepthwiseLayer(transition, 2) if depthwise else nn.MaxPool2d(2, 2))
            channels = transition
        modules.append(nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.1),
                                     nn.Linear(channels, 1000)))
        self.base = nn.Sequential(*modules)

    @staticmethod
    def block(channels, layers, growth, multiplier, depthwise):
        if depthwise:
            return HarmonicBlock(channels, layers, growth, multiplier, lambda i, o: SeparableLayer(i, o, nn.ReLU6))
        return HarmonicBlock(channels, layers, growth, multiplier, lambda i, o: ConvLayer(i, o, 3, 1, nn.ReLU6))

    def forward(self, x):
        return {"logits": self.base(x)}


def resized(x, like):
    return F.interpolate(x, size=like.shape[2:], mode="bilinear", align_corners=True)


class Segmenter(nn.Module):
    """fchardnet70: logits N x 19 x H x W."""

    STEM = [(3, 16, 2), (16, 24, 1), (24, 32, 2), (32, 48, 1)]
    STAGES = [(4, 10, 64), (4, 16, 96), (8, 18, 160), (8, 24, 224), (8, 32, 320)]

    def __init__(self):
        super().__init__()
        self.base = nn.ModuleList(ConvLayer(i, o, 3, stride, nn.ReLU) for i, o, stride in self.STEM)
        channels, skips = 48, []
        for layers, growth, transition in self.STAGES:
            block = dense_block(channels, layers, growth, nn.ReLU)
            skips.append(block.outputs)
            self.base.extend([block, ConvLayer(block.outputs, transition, 1, 1, nn.ReLU)])
            channels = transition
            if transition != self.STAGES[-1][2]:
                self.base.append(nn.AvgPool2d(2, 2))
        self.conv1x1_up, self.denseBlocksUp = nn.ModuleList(), nn.ModuleList()
        for skip, (layers, growth, _) in list(zip(skips, self.STAGES))[-2::-1]:
            joined = channels + skip
            self.conv1x1_up.append(ConvLayer(joined, joined // 2, 1, 1, nn.ReLU))
            self.denseBlocksUp.append(dense_block(joined // 2, layers, growth, nn.ReLU))
            channels = self.denseBlocksUp[-1].outputs
        self.finalConv = nn.Conv2d(channels, 19, 1)

    def forward(self, x):
        picture, skips = x, []
        for module in self.base:
            x = module(x)
            if isinstance(module, HarmonicBlock):
                skips.append(x)
        for skip, narrow, block in zip(skips[-2::-1], self.conv1x1_up, self.denseBlocksUp):
            x = block(narrow(torch.cat([resized(x, skip), skip], 1)))
        return {"logits": resized(self.finalConv(x), picture)}


def detection_backbone(backbone, pool, last_transition):
    """A backbone's modules without classification head; its first halving rounds up."""
    stem, stages = backbone
    modules = [ConvLayer(3, stem, 3, 2, nn.ReLU), ConvLayer(stem, 2 * stem, 3, 1, nn.ReLU), pool(3, 2, 1)]
    channels = 2 * stem
    for index, (layers, growth, transition, halves) in enumerate(stages):
        block = dense_block(channels, layers, growth, nn.ReLU)
        modules.append(block)
        channels = block.outputs
        if index == len(stages) - 1 and not last_transition:
            break
        modules.append(ConvLayer(channels, transition, 1, 1, nn.ReLU))
        if halves and index < len(stages) - 1:
            modules.append(pool(2, 2, ceil_mode=index == 0))
        channels = transition
    return nn.ModuleList(modules), channels


class CentreDetector(nn.Module):
    """centernet_hardnet68 and centernet_hardnet85: hm N x 80 x H/4 x W/4 before the sigmoid, wh N x 4 x H/4 x W/4."""

    STRIDE_4, STRIDE_8 = 3, 8

    def __init__(self, backbone, projection, growth, joining, steps):
        super().__init__()
        self.joining, self.steps = joining, steps
        self.base, channels = detection_backbone(backbone, nn.AvgPool2d, last_transition=False)
        skips = [channels, self.base[self.STRIDE_8].outputs, self.base[self.STRIDE_4].outputs]
        self.last_proj = ConvLayer(channels, projection, 1, 1, nn.ReLU)
        self.last_pool = nn.AvgPool2d(2, 2)
        self.avg9x9 = nn.AvgPool2d(9, 1, 4)
        self.last_blk = dense_block(3 * projection, 8, growth, nn.ReLU)
        self.conv1x1_up, self.denseBlocksUp = nn.ModuleList(), nn.ModuleList()
        channels, shortcuts = self.last_blk.outputs, 0
        for i, (narrow, shortcut, layers, width_) in enumerate(steps):
            joined = channels + skips[i] if i < joining else channels
            self.conv1x1_up.append(ConvLayer(joined, narrow + shortcut, 1, 1, nn.ReLU))
            self.denseBlocksUp.append(dense_block(3 * narrow, layers, width_, nn.ReLU))
            channels, shortcuts = self.denseBlocksUp[-1].outputs, shortcuts + shortcut
        self.hm = self.head(channels + shortcuts, 80)
        self.wh = self.head(channels + shortcuts, 4)

    @staticmethod
    def head(channels, values):
        hidden = max(128, 4 * values)
        return nn.Sequential(nn.Conv2d(channels, hidden, 3, 1, 1), nn.ReLU(inplace=True), nn.Conv2d(hidden, values, 1))

    def attended(self, x):
        return torch.cat([x, self.avg9x9(x), x / (x.sum((2, 3), keepdim=True) + 0.1)], 1)

    def forward(self, x):
        at = {}
        for index, module in enumerate(self.base):
            x = module(x)
            at[index] = x if index in (self.STRIDE_4, self.STRIDE_8) else None
        skips = [x, at[self.STRIDE_8], at[self.STRIDE_4]]
        x = self.last_blk(self.attended(self.last_pool(self.last_proj(x))))
        shortcuts = []
        for i, (narrow, shortcut, _, _) in enumerate(self.steps):
            x = resized(x, skips[i])
            x = self.conv1x1_up[i](torch.cat([x, skips[i]], 1) if i < self.joining else x)
            if shortcut:
                shortcuts.insert(0, x[:, narrow:])
            x = self.denseBlocksUp[i](self.attended(x[:, :narrow]))
        x = torch.cat([resized(shortcut, x) for shortcut in shortcuts] + [x], 1)
        return {"hm": self.hm(x), "wh": self.wh(x)}


class L2Norm(nn.Module):
    """Each pixel divided by its length over the channels, times a weight for each channel."""

    def __init__(self, channels):
        super().__init__()
        self.weight = nn.Parameter(torch.full((channels,), 20.0))

    def forward(self, x):
        return self.weight.view(1, -1, 1, 1) * x / (x.pow(2).sum(1, keepdim=True).sqrt() + 1e-10)


HALF, INNER = (3, 2, 1), (3, 1, 0)
EXTRAS_300 = [HALF, HALF, INNER, INNER]
EXTRAS_512 = [HALF, HALF, HALF, HALF, (4, 1, 1)]


class SingleShotDetector(nn.Module):
    """ssd300 and ssd512: loc N x P x 4 and conf N x P x 81 for P prior boxes, before the softmax."""

    STRIDE_8 = 9

    def __init__(self, backbone, dilated, extras):
        super().__init__()
        self.base, channels = detection_backbone(backbone, nn.MaxPool2d, last_transition=True)
        if dilated:
            self.base.append(nn.Sequential(
                nn.MaxPool2d(3, 1, 1), nn.Conv2d(channels, channels, 3, padding=4, dilation=4, bias=False),
                nn.BatchNorm2d(channels), nn.ReLU(inplace=True), ConvLayer(channels, channels, 1, 1, nn.ReLU)))
        self.bridge = nn.Sequential() if dilated else nn.Sequential(
            nn.MaxPool2d(3, 1, 1), ConvLayer(channels, 960, 3, 1, nn.ReLU), ConvLayer(960, channels, 1, 1, nn.ReLU))
        stride_8 = self.base[self.STRIDE_8].conv.out_channels
        self.L2Norm = L2Norm(stride_8)
        sources = [stride_8, channels]
        self.extras = nn.ModuleList()
        for i, (kernel, stride, padding) in enumerate(extras):
            wide = 512 if i == 0 else 256
            self.extras.append(nn.Conv2d(channels, wide // 2, 1))
            self.extras.append(nn.Conv2d(wide // 2, wide, kernel, stride, padding))
            channels = wide
            sources.append(wide)
        priors = [6] * (len(sources) - 2) + [4, 4]
        self.loc = nn.ModuleList(nn.Conv2d(c, 4 * p, 3, 1, 1) for c, p in zip(sources, priors))
        self.conf = nn.ModuleList(nn.Conv2d(c, 81 * p, 3, 1, 1) for c, p in zip(sources, priors))

    def forward(self, x):
        sources = []
        for index, module in enumerate(self.base):
            x = module(x)
            if index == self.STRIDE_8:
                sources.append(self.L2Norm(x))
        x = self.bridge(x)
        sources.append(x)
        for index, layer in enumerate(self.extras):
            x = F.relu(layer(x), inplace=True)
            if index % 2 == 1:
                sources.append(x)
        return {"loc": self.joined(self.loc, sources, 4), "conf": self.joined(self.conf, sources, 81)}

    @staticmethod
    def joined(heads, sources, values):
        by_position = [head(x).permute(0, 2, 3, 1).flatten(1) for head, x in zip(heads, sources)]
        return torch.cat(by_position, 1).unflatten(1, (-1, values))


NETWORKS = {
    "hardnet39ds": lambda: Classifier(HARDNET_39DS, (4, 160, 1024, False), multiplier=1.6, depthwise=True),
    "hardnet68ds": lambda: Classifier(HARDNET_68, (4, 160, 1024, False), depthwise=True),
    "hardnet68": lambda: Classifier(HARDNET_68, (4, 160, 1024, False)),
    "hardnet85": lambda: Classifier(HARDNET_85, (4, 256, 1280, False), dropout=True),
    "fchardnet70": Segmenter,
    "centernet_hardnet68": lambda: CentreDetector(
        HARDNET_68, 192, 72, 2, [(224, 32, 8, 48), (96, 32, 8, 32), (64, 0, 4, 20)]),
    "centernet_hardnet85": lambda: CentreDetector(
        HARDNET_85, 256, 80, 3, [(224, 32, 8, 64), (160, 32, 8, 48), (96, 0, 4, 28)]),
    "ssd300_hardnet68": lambda: SingleShotDetector(HARDNET_68, True, EXTRAS_300),
    "ssd300_hardnet85": lambda: SingleShotDetector(HARDNET_85, False, EXTRAS_300),
    "ssd512_hardnet68": lambda: SingleShotDetector(HARDNET_68, True, EXTRAS_512),
    "ssd512_hardnet85": lambda: SingleShotDetector(HARDNET_85, False, EXTRAS_512),
}


def build(name):
    """The network with random weights, for inference."""
    return NETWORKS[name]().eval()
