import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));

rmSync(path('dist'), { recursive: true, force: true });

// Modules for those who bundle by themselves; the compiler renames imports but not what `new URL` names.
execFileSync(
  process.execPath,
  [fileURLToPath(import.meta.resolve('typescript/lib/tsc.js')), '-p', 'tsconfig.build.json'],
  {
    cwd: path('.'),
    stdio: 'inherit',
  },
);
const clock = path('dist/clock.js');
writeFileSync(clock, readFileSync(clock, 'utf8').replace('./clock.worker.ts', './clock.worker.js'));

await build({ root: path('.'), configFile: path('vite.config.ts') });
