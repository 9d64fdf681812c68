import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['carillon-source', 'module', 'browser', 'development|production'] },
  ssr: { resolve: { conditions: ['carillon-source', 'module', 'node', 'development|production'] } },
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    environment: 'happy-dom',
    testTimeout: 20_000,
    pool: 'threads',
    maxWorkers: 1,
  },
});
