// The texts that the tabs begin with.

import type { Tab } from "./protocol";

export const STARTS: Record<Tab, string> = {
  automations: `# Edit this file: findings, graph and plan follow.
services:
  database:
    name: PostgreSQL
    triggeredBy: [postEnvironmentStart]
    commands:
      start: docker run --rm --name db -p 5432:5432 postgres:17
      ready: pg_isready -h localhost

tasks:
  install:
    name: Install dependencies
    command: npm ci
    triggeredBy: [prebuild]
  migrate:
    name: Migrate the database
    comand: npm run migrate
    dependsOn: [instal, database]
    triggeredBy: [postEnvironmentStart]
`,
  workflow: `name: Weekly dependency update
description: Updates dependencies and opens a pull request.
triggers:
  - manual: {}
    context:
      projects: {}
  - time:
      cronExpression: "0 7 * * MON"
    context:
      projects: {}
action:
  limits:
    maxParallel: 5
    maxTotal: 20
  steps:
    - agent:
        prompt: Update the dependencies, run the tests, and fix what breaks.
    - pullRequest:
        branch: update-dependencies
        title: Update dependencies
        draft: false
`,
  classic: `image: gitpod/workspace-full
tasks:
  - name: Web
    before: export NODE_ENV=development
    init: npm ci
    command: npm run dev
ports:
  - port: 3000
    onOpen: open-preview
vscode:
  extensions:
    - dbaeumer.vscode-eslint
`,
  api: `{
  "id": "3f1c2a9e-5b7d-4c1a-9e0f-2d6b8a4c7e11",
  "environmentId": "0b7a4d8c-6e2f-4f19-a3b5-9d1c0e8f7a25",
  "metadata": {
    "name": "Install",
    "reference": "install",
    "createdAt": "2025-03-01T09:30:00Z",
    "triggeredBy": [{ "prebuild": true }]
  },
  "spec": { "command": "npm ci" }
}
`,
};
