import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';

/** Where the service runs while the console is worked on. */
const SERVICE = process.env['CARILLON_URL'] ?? 'http://localhost:8080';

/** Compresses what is kept for good once, so that the service need not do it again and again. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    closeBundle: () => {
      const folder = join(import.meta.dirname, 'dist/assets');
      for (const file of readdirSync(folder).filter((name) => /\.(js|css)$/.test(name))) {
        const content = readFileSync(join(folder, file));
        writeFileSync(join(folder, `${file}.gz`), gzipSync(content, { level: 9 }));
        writeFileSync(join(folder, `${file}.br`), brotliCompressSync(content));
      }
    },
  };
}

export default defineConfig({
  base: './',
  plugins: [compressed()],
  logLevel: 'warn',
  resolve: { conditions: ['carillon-source', ...defaultClientConditions] },
  server: {
    proxy: {
      '/api': SERVICE,
      '/actuator': SERVICE,
      '/webjars': SERVICE,
      '/plain': SERVICE,
      '/sockjs': { target: SERVICE, ws: true },
      '/echo': { target: SERVICE, ws: true },
      '/ws': { target: SERVICE, ws: true },
    },
  },
  build: {
    outDir: 'dist',
    target: 'es2022',
    // The pages' policy allows no data: addresses, and hashed files are kept for good.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
