#!/usr/bin/env bash
# Renders the base and every overlay into k8s/rendered; with --check only says whether they are up to date.
set -euo pipefail
cd "$(dirname "$0")"

folder=rendered
if [[ "${1:-}" == --check ]]; then
  folder="$(mktemp -d)"
  trap 'rm -rf "$folder"' EXIT
fi

kubectl kustomize base > "$folder/base.yaml"
for overlay in overlays/*/; do
  name="$(basename "$overlay")"
  kubectl kustomize "$overlay" > "$folder/$name.yaml"
done

if [[ "${1:-}" == --check ]] && ! diff -ru rendered "$folder"; then
  echo "k8s/rendered is not what the manifests say: run k8s/render.sh" >&2
  exit 1
fi
