import { defaultClientConditions, defineConfig } from 'vite';

/** Where the service runs while the console is worked on. */
const SERVICE = process.env['CARILLON_URL'] ?? 'http://localhost:8080';

export default defineConfig({
  base: './',
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
