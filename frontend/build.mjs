// Builds the front end for Maven: installs what the lock file names and builds the workspaces, each only if something has
// changed. With the argument `check` it also checks formats, lint and types and runs the unit tests, unless exactly this
// has passed before. What it knows of former runs is in ../target/frontend.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = [20, 19];

const root = dirname(fileURLToPath(import.meta.url));
const memory = join(root, '../target/frontend');

class Failure extends Error {}

function main(checks) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
    throw new Failure(
      `The front end needs Node.js ${NEEDED.join('.')} or newer; this one is ${process.versions.node}.`,
    );
  }
  const lock = digest([read('package-lock.json')]);
  once(join(root, 'node_modules/.carillon'), lock, existsSync(join(root, 'node_modules')), () => {
    npm('ci', '--no-audit', '--no-fund');
  });
  const workspaces = JSON.parse(read('package.json')).workspaces.map(describe);
  const built = workspaces.filter(({ scripts }) => scripts.build !== undefined);
  for (const one of built) {
    const inputs = digest([
      lock,
      read('tsconfig.base.json'),
      ...needs(one, built).map(({ folder }) => sources(folder)),
    ]);
    once(join(memory, `${one.folder}.build`), inputs, existsSync(join(root, one.folder, 'dist')), () => {
      npm('run', 'build', '--workspace', one.folder);
    });
  }
  if (checks) {
    once(join(memory, 'check'), digest([lock, sources('.')]), true, () => {
      npm('run', 'check');
      for (const { folder } of built.filter(({ scripts }) => scripts.test !== undefined)) {
        npm('test', '--workspace', folder);
      }
    });
  }
}

function describe(folder) {
  const { name, scripts = {}, dependencies = {}, devDependencies = {} } = JSON.parse(read(`${folder}/package.json`));
  return { folder, name, scripts, dependencies: Object.keys({ ...dependencies, ...devDependencies }) };
}

/** A workspace and the others that it is built from. */
function needs(one, all) {
  return [one, ...all.filter(({ name }) => one.dependencies.includes(name)).flatMap((other) => needs(other, all))];
}

/** Does something unless it has been done for the same inputs and the outcome is still there. */
function once(stamp, inputs, isThere, action) {
  if (isThere && existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs) {
    return;
  }
  action();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, inputs);
}

function npm(...words) {
  const { status, error } = spawnSync('npm', words, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (error?.code === 'ENOENT') {
    throw new Failure('The front end needs npm, which comes with Node.js, on the PATH.');
  }
  if (status !== 0) {
    throw new Failure(`npm ${words.join(' ')} failed; its output above says why.`);
  }
}

function read(path) {
  return readFileSync(join(root, path), 'utf8');
}

/** What all files below a folder hold, without what is made from them. */
function sources(folder) {
  const files = [];
  const walk = (path) => {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      if (entry.isDirectory() && entry.name !== 'node_modules' && entry.name !== 'dist') {
        walk(join(path, entry.name));
      } else if (entry.isFile()) {
        files.push(join(path, entry.name));
      }
    }
  };
  walk(folder);
  return digest(files.sort().flatMap((file) => [file, readFileSync(join(root, file))]));
}

function digest(parts) {
  const hash = createHash('sha256');
  parts.forEach((part) => hash.update(part).update('\0'));
  return hash.digest('hex');
}

try {
  main(process.argv[2] === 'check');
} catch (failure) {
  if (!(failure instanceof Failure)) {
    throw failure;
  }
  console.error(failure.message);
  process.exitCode = 1;
}
