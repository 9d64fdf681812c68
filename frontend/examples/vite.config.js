import { svelte } from '@sveltejs/vite-plugin-svelte';
import vue from '@vitejs/plugin-vue';
import { defaultClientConditions, defineConfig } from 'vite';

/** All examples at once; `npm run dev` and then for example http://localhost:5173/react/ shows one of them. */
export default defineConfig({
  base: './',
  logLevel: 'warn',
  plugins: [svelte({ configFile: false }), vue()],
  resolve: { conditions: ['carillon-source', ...defaultClientConditions] },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: Object.fromEntries(
        ['stompjs', 'webjars', 'react', 'vue', 'svelte'].map((name) => [name, `${name}/index.html`]),
      ),
    },
  },
});
