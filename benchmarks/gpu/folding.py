"""Batch norms folded into the convolutions before them, as every deployed network has them."""

import torch.nn as nn
from torch.nn.utils.fusion import fuse_conv_bn_eval


def fold(module):
    """Folds in place, wherever a batch norm directly follows a convolution in a Sequential."""
    if isinstance(module, nn.Sequential):
        previous = None
        for name, child in list(module.named_children()):
            if isinstance(child, nn.BatchNorm2d) and isinstance(module._modules.get(previous), nn.Conv2d):
                module._modules[previous] = fuse_conv_bn_eval(module._modules[previous], child)
                module._modules[name] = nn.Identity()
            previous = name
    for child in module.children():
        fold(child)
    return module
