// Japanese words about engines side by side.
import type { Catalogue } from '../../languages/catalogue.ts';
import { count, listed } from '../../plural.ts';

export const compare: Catalogue['models']['compare'] = {
  title: (image) => `${image} でエンジンを比較`,
  inUse: '使用中',
  missing: 'モデルがまだありません。',
  get: '入手',
  running: '実行中',
  waiting: '前の完了を待機中',
  stop: '停止',
  stopped: '停止済み',
  run: '実行',
  masks: 'マスク',
  doubtful: '要確認',
  agreement: '合致',
  keep: 'これを維持',
  use: 'これを使う',
  why: '理由',
  taken: (name) => `${name} を使用中です。そのマスクがここの提案になりました。`,
  absent: (names) =>
    names.length > 3
      ? `${listed(names.slice(0, 3))} ほか ${count(names.length - 3)} 件を除外`
      : `${listed(names)} を除外`,
  where: '合致する場所',
  map: (name) => `${name}: 濃いほど多くのエンジンが塗りました`,
  mapNote: '色が濃いほど多くのエンジンが塗りました。',
  table: 'クラス別の合致',
  tableNote: 'マスクの重なり、1 は同一',
  class: 'クラス',
  all: 'すべて',
  pair: (a, b) => `${a}、${b}`,
  notFound: '検出なし',
  nothing: 'どのエンジンもこれらのクラスを検出しませんでした。',
  what: '採用するもの',
  agreed: (names) =>
    names.length === 0
      ? '全エンジンがその水準で合致するクラスはありません。'
      : `全エンジンが ${listed(names)} で合致しています。`,
  from: '全エンジンの合致が次の値以上',
  takeAgreed: '合致したものを採用',
  agreedStep: 'エンジンが合致したものを採用',
  agreedTaken: (n) => `全エンジンが合致した ${count(n)} クラスを提案にしました。`,
  agreedNote: '使用中のエンジンが描いたものを 1 手順で採用します。他のクラスは変わりません。',
  note: '合致は正しさを意味しません。エンジンが同じ誤りをすることもあります。採用するまで何も変わらず、承認済みのマスクは決して変わりません。',
  shows: '画像に表示する内容',
  showing: { masks: 'マスク', salience: 'サリエンシー', difference: '差分' },
  together: '一緒に動かす',
  shownNote: {
    salience: '明るいほど、エンジンがそこを見ています。',
    difference: '塗りつぶし: このエンジンだけが塗った部分。縞: 他のエンジンだけが塗った部分。',
  },
  picture: (name) => `${name} の画像。+ と − で拡大・縮小、0 で全体、矢印キーで移動します。`,
  noMap: 'ここにはこのクラスのマップがありません。',
  six: {
    try: '6 枚の画像で試す',
    title: (n) => `${count(n)} 枚の画像で`,
    starting: '開始しています',
    stop: '停止',
    engine: 'エンジン',
    masks: (masks, doubtful) => `マスク ${count(masks)} 個、要確認 ${count(doubtful)} 個`,
    agreement: (value) => `一致 ${value}`,
    time: (time) => `1 枚 ${time}`,
    found: (n) => `マスク ${count(n)} 個`,
    waiting: '待機中',
    note: (n) =>
      `プロジェクト全体から選んだ ${n} 枚の画像で同じクラスを尋ねます。何も書き込まれず、尋ね済みのものは再び尋ねません。`,
  },
  open: 'この画像で比較',
};
