/** A file of each kind with references in every place and way of writing; none says `latest`. */
export const pinSeeds: Readonly<Record<string, string>> = {
  dockerfile:
    '# syntax=docker/dockerfile:1\nARG BASE=alpine:3.20 X="y:1"\nFROM $BASE AS build\nFROM ${X}\n\n# next\nFROM --platform=linux/amd64 \\\n  r.io:5000/a/b:1 AS x # c\nCOPY --from=build a b\nCOPY --from=c:1 --chown=1 a b\nRUN --mount=type=bind,from=d,target=/d true\nFROM scratch\n',
  compose:
    '# top\nx-a: &a {image: a:1}\nservices:\n  one: {<<: *a}\n  two:\n    image:   "b:2"   # why\n  three: {image: \'c\', build: .}\n  four:\n    image: r.io/d\n    build: {additional_contexts: {e: "docker-image://e:1"}}\n',
  'github-workflow':
    'on: push\njobs:\n  a:\n    container: a:1\n    services: {db: {image: "b"}}\n    steps:\n      - uses: o/r@v4\n      - uses: "o/r/sub@main" \n        with: {x: y}\n      - uses: docker://c:1 # keep\n      - run: |\n          uses: o/r@v9\n',
  'gitlab-ci':
    'image: a:1\ndefault: {services: [b:1, {name: c}]}\njob:\n  image:\n    name: "d:1"\n  script: [!reference [x, script], "echo é ☃"]\n',
  devcontainer:
    '{\n  // first\n  "image": "a:1",\n  "features": {"r.io/f/go:1": {}, "r.io/f/git" : {"x": [1, 2]}, "./l": {},},\n}\n',
  kustomize: 'images:\n- name: a\n  newTag: "1"\n- {name: b, newName: r.io/b, newTag: v2}\nresources: [x.yaml] # é\n',
  'helm-template':
    '{{- if .x }}\nspec:\n  - image: a:1 # x\n  - image: "b"\n  - image: {{ .Values.image }}\n{{ end }}\n',
  helm: 'image:\n  repository: a\n  tag: "1.2"\none: {image: b:1}\ntwo:\n  repository: c\n  tag: 1\n  digest:\nthree: {repository: d, tag: 2, digest: ""}\nfourImage: e:1 # é\n',
  tekton:
    'apiVersion: tekton.dev/v1\nkind: Task\nspec:\n  stepTemplate: {image: a:1}\n  steps:\n    - image: "b"\n      script: |\n        image: z:1\n  sidecars: [{image: c:1}]\n',
  kubernetes:
    '---\napiVersion: v1\nkind: Pod\nspec:\n  initContainers: [{image: a:1, name: é}]\n  containers:\n    - image: "b"\n      args: ["image: z:1"]\n---\n# ☃\napiVersion: v1\nkind: List\nitems: [{spec: {volumes: [{image: {reference: c:1}}]}}]\n',
};
