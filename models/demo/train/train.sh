#!/bin/bash
# Repeats the demonstration model from nothing: icons, sprites, training, export, test scenes, samples.
# usage: train.sh WORK-FOLDER; a stopped run continues when it is called again.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mkdir -p "$1" && cd "$1" && pwd)
python=${PYTHON:-/usr/bin/python3}
export OMP_NUM_THREADS=1 PYTHONDONTWRITEBYTECODE=1

mkdir -p "$work/npm"
cd "$work/npm"
for package in noto@1.2.9 noto-v1@1.2.5 fluent-emoji@1.2.7 fluent-emoji-flat@1.2.6 fxemoji@1.2.2 twemoji@1.2.5; do
  name=iconify-json-${package/@/-}
  [ -d "$name" ] && continue
  npm pack --silent "@iconify-json/$package" > /dev/null
  mkdir "$name.part" && tar xzf "$name.tgz" -C "$name.part" && mv "$name.part" "$name"
done

cd "$here"
[ -d "$work/sprites" ] || { "$python" sprites.py "$work/npm" "$work/sprites.part" && mv "$work/sprites.part" "$work/sprites"; }

# A finished part has a marker, so that a second call goes on with the next one.
part() {
  local run="$work/$1" marker="$work/$1/$2.done"
  shift 2
  [ -e "$marker" ] && return
  "$python" train.py --sprites "$work/sprites" --out "$run" "$@"
  touch "$marker"
}

# The first weights, from random ones.
part run 1 --stage teacher --teacher --side 96 --batch 32 --rate 2e-3 --warmup 100 --steps 1698
part run 2 --stage teacher-decay --teacher --side 96 --batch 32 --rate 2e-3 --warmup 100 --steps 800 --decay 800
part run 3 --stage vision --vision --side 64 --batch 20 --processes 1 --warmup 100 --steps 505
part run 4 --stage vision --vision --side 64 --batch 32 --warmup 100 --steps 1078
part run 5 --stage joint --side 96 --keep 0.7 --batch 32 --guide 0.2 --steps 1058
part run 6 --stage wide --side 160 --keep 0.5 --batch 32 --guide 0.2 --warmup 100 --steps 360 --decay 360
part run 7 --stage more --side 96 --keep 0.8 --batch 32 --guide 0.2 --warmup 100 --rate 8e-4 --steps 1307
part run 8 --stage wide2 --side 160 --keep 0.5 --batch 32 --guide 0.2 --warmup 100 --rate 8e-4 --steps 500 --decay 500
[ -d "$work/first" ] || "$python" exportPack.py "$work/run/state.pt" "$work/first"

# On from these, with a new teacher, more captions per image and new scenes.
again=(--from-pack "$work/first" --seed 8 --batch 32 --guide 0.2 --taught 0.5 --long 4 --easy 1 --flat --warmup 200 --apart 8)
part again 1 --stage teacher --teacher --side 96 --batch 32 --rate 2e-3 --warmup 100 --steps 1010
part again 2 --stage teacher-decay --teacher --side 96 --batch 32 --rate 2e-3 --warmup 100 --steps 500 --decay 500
part again 3 --stage on "${again[@]}" --rate 8e-4 --side 96 --keep 0.8 --steps 680
part again 4 --stage native "${again[@]}" --rate 8e-4 --side 160 --keep 0.5 --steps 1500 --decay 1500 --until 680
part again 5 --stage longer "${again[@]}" --rate 6e-4 --side 160 --keep 0.5 --steps 1700 --decay 1700 --until 680
part again 6 --stage whole "${again[@]}" --rate 3.7e-4 --side 160 --keep 0.7 --steps 739 --decay 739

[ -d "$work/second" ] || "$python" exportPack.py "$work/again/state.pt" "$work/second"

# The published ones go on once more: captions of one name weigh the same whether true or false, then more coloured shapes.
third=(--from-pack "$work/second" --seed 9 --batch 32 --guide 0.2 --taught 0.5 --long 4 --easy 1 --flat --balanced --warmup 200 --apart 8)
part third 1 --seed 9 --stage teacher --teacher --side 96 --batch 32 --rate 2e-3 --warmup 100 --steps 1510 --decay 700 --apart 8
part third 2 --stage balanced "${third[@]}" --rate 6e-4 --side 160 --keep 0.5 --steps 3000 --decay 3000 --until 1500
part third 3 --stage whole "${third[@]}" --rate 4.5e-4 --side 160 --keep 0.7 --steps 3200 --decay 3200 --until 256
part third 4 --stage whole "${third[@]}" --rate 4.5e-4 --side 160 --keep 0.7 --pairs 0.45 --steps 3200 --decay 3200

"$python" exportPack.py "$work/third/state.pt" "$here/../pack"
"$python" fixtures.py "$work/sprites" "$here/../../../test/fixtures/scenes"
"$python" samples.py "$work/sprites" "$here/../samples"
