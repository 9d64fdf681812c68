import { defineConfig } from 'vite';

/** One file for pages without a build of their own, and SockJS and the timers' worker beside it. */
export default defineConfig({
  base: './',
  logLevel: 'warn',
  publicDir: false,
  build: {
    outDir: 'dist/standalone',
    target: 'es2022',
    sourcemap: true,
    modulePreload: false,
    rolldownOptions: {
      input: { carillon: 'src/index.ts' },
      preserveEntrySignatures: 'strict',
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js', assetFileNames: '[name][extname]' },
    },
  },
});
