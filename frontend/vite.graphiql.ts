import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Builds the page of GraphiQL on its own, into a folder that no release holds; a server that tells its schema serves it at /graphiql. */
export default defineConfig({
  root: 'graphiql',
  base: '/graphiql/',
  plugins: [react()],
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 2000 },
});
