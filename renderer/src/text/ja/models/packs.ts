// Japanese sentences about the packs of the catalogue.
import type { Catalogue } from '../../languages/catalogue.ts';

export const packs: Catalogue['models']['packs'] = {
  purposes: {
    'drawn-scenes':
      'ダウンロードなしで試せます。描かれた物や質感は分かりますが、写真は分かりません。',
    'blip-itm-large-flickr': '写真、身近な物。この手法の基準モデルです。',
    'blip-itm-large-coco': '写真、COCO の説明文で学習。',
    'blip-itm-base-coco': '写真、半分のサイズ。GPU がなくても実用的です。',
    'blip-itm-base-flickr': '写真、半分のサイズ。GPU がなくても実用的です。',
    'bridgetower-large-itm': '写真。別の見方が得られますが、低速です。',
    'albef-flickr': '写真。別の見方が得られます。大きさは BLIP base と同じです。',
    'albef-coco': '写真、COCO の説明文で学習。大きさは BLIP base と同じです。',
    'albef-refcoco': '写真、個々の物を指す語句で学習。',
    'albef-14m': '写真、微調整前。256 ピクセルで見ます。',
    'mplug-large-flickr': '写真。別の見方が得られますが、低速です。',
    'mplug-large-v2': '写真、微調整前。',
    'mplug-large': '写真、微調整前。',
    'mplug-base': '写真、微調整前。半分のサイズ。',
    'clip-vit-base-patch16': '類似度やラウンドでマスクを見つけます。GPU がなくても実用的です。',
    'clip-vit-large-patch14': 'ラウンドの結果と、調整中のマスクを判定します。',
    'clip-vit-large-patch14-336': '調整中のマスクと、ラウンドの結果を判定します。',
    'slimsam-uniform-77': 'クリック: クリックした物の輪郭を見つけます。GPU がなくても高速です。',
    'slimsam-uniform-50':
      'クリック: 輪郭がよりきれいですが、SlimSAM-77 の 3 倍の時間がかかります。',
    'mobile-sam': 'クリック: 他のツールでも知られる、もう一つの小型モデルです。',
    'sam-vit-base': 'クリック: 丁寧な輪郭。GPU がないと 1 枚に数秒かかります。',
    'sam-vit-large': 'クリック: GPU 向けです。',
    'sam-vit-huge': 'クリック: 最大のモデル。メモリに余裕のある GPU 向けです。',
    'medsam-vit-base': '医用画像での枠指定用です。クリックだけの指定は学習されていません。',
  },
  notes: {
    'albef-flickr': 'ライセンスはリポジトリのものです。重み自体には記載がありません。',
    'albef-coco': 'ライセンスはリポジトリのものです。重み自体には記載がありません。',
    'albef-refcoco':
      'ライセンスはリポジトリのものです。重み自体には記載がありません。作者自身の単語マップはこれで作られました。',
    'albef-14m':
      'ライセンスはリポジトリのものです。重み自体には記載がありません。ファイルには学習の状態も含まれます。',
    'mplug-large-flickr':
      'ライセンスは配布ページのものです。層は公表されていないため、調整で選びます。',
    'mplug-large-v2':
      '作者はライセンスを示していません。一致度ヘッドのないファイルは、名前を示して拒否されます。',
    'mplug-large':
      '作者はライセンスを示していません。一致度ヘッドのないファイルは、名前を示して拒否されます。',
    'mplug-base':
      '作者はライセンスを示していません。一致度ヘッドのないファイルは、名前を示して拒否されます。',
  },
};
