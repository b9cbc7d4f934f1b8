"""Writes a training state as a model folder in the Hugging Face layout: config.json, model.safetensors (F16), vocab.txt.
`python3 exportPack.py STATE OUT`; the folder is read back and compared before this ends."""

import json
import os
import sys

import numpy as np
import torch

from classes import CLS, DEC, ENC, PAD, SEP, VOCAB, VOCAB_SIZE
from evaluate import loadModel
from model import CONFIG, TEXT_EPS, VISION_EPS
from safetensorsFile import readTensors, writeTensors


def configuration(c):
    """The keys of BlipForImageTextRetrieval; head counts and eps are always written, because the class defaults differ."""
    return {
        'architectures': ['BlipForImageTextRetrieval'], 'model_type': 'blip', 'torch_dtype': 'float16',
        'image_text_hidden_size': c['projection'], 'projection_dim': c['projection'], 'logit_scale_init_value': 2.6592,
        'vision_config': {
            'model_type': 'blip_vision_model', 'hidden_size': c['visionWidth'], 'intermediate_size': 4 * c['visionWidth'],
            'num_hidden_layers': c['visionLayers'], 'num_attention_heads': c['visionHeads'], 'image_size': c['image'],
            'patch_size': c['patch'], 'num_channels': 3, 'hidden_act': 'gelu', 'layer_norm_eps': VISION_EPS,
            'attention_dropout': 0.0, 'projection_dim': c['projection']},
        'text_config': {
            'model_type': 'blip_text_model', 'vocab_size': VOCAB_SIZE, 'hidden_size': c['textWidth'],
            'encoder_hidden_size': c['visionWidth'], 'intermediate_size': 4 * c['textWidth'],
            'num_hidden_layers': c['textLayers'], 'num_attention_heads': c['textHeads'],
            'max_position_embeddings': c['maxText'], 'layer_norm_eps': TEXT_EPS, 'hidden_act': 'gelu', 'is_decoder': True,
            'attention_probs_dropout_prob': 0.0, 'hidden_dropout_prob': 0.0, 'projection_dim': c['projection'],
            'pad_token_id': PAD, 'sep_token_id': SEP, 'bos_token_id': DEC, 'eos_token_id': SEP},
        'salience': {'cls_token_id': CLS, 'dec_token_id': DEC, 'enc_token_id': ENC}}


def main(state, out):
    os.makedirs(out, exist_ok=True)
    weights = loadModel(state).state_dict()
    tensors = {name: value.numpy().astype(np.float16) for name, value in weights.items()}
    path = os.path.join(out, 'model.safetensors')
    writeTensors(path, tensors, {'format': 'pt'})
    with open(os.path.join(out, 'config.json'), 'w') as file:
        json.dump(configuration(CONFIG), file, indent=2)
        file.write('\n')
    with open(os.path.join(out, 'vocab.txt'), 'w') as file:
        file.write('\n'.join(VOCAB) + '\n')
    back = readTensors(path)
    assert set(back) == set(tensors) and all(np.array_equal(back[name], tensors[name]) for name in tensors)
    assert all(np.isfinite(value).all() for value in back.values())
    print(f'{len(tensors)} tensors, {sum(v.size for v in tensors.values())} parameters, {os.path.getsize(path)} bytes')


if __name__ == '__main__':
    torch.set_num_threads(1)
    main(sys.argv[1], sys.argv[2])
