import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const server = process.env['JOINDER_DEV_SERVER'] ?? 'http://127.0.0.1:8400';
/** The server accepts only its own Origin, so the development proxy presents it. */
const proxied = { target: server, changeOrigin: true, headers: { Origin: server } };

/** Puts the documents of these pages, by hash, beside them: the server runs those without limits and any other one within them. */
const operations = {
  name: 'operations',
  generateBundle(this: { emitFile: (file: { type: 'asset'; fileName: string; source: string }) => void }) {
    const source = readFileSync(new URL('./src/api/generated/persisted-documents.json', import.meta.url), 'utf8');
    this.emitFile({ type: 'asset', fileName: 'operations.json', source });
  },
};

export default defineConfig({
  plugins: [react(), operations],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/graphql': proxied,
      '/imports': proxied,
      '/files': proxied,
      '/live': { ...proxied, ws: true },
    },
  },
  build: {
    target: 'es2022',
    // Inlined assets would be data: URLs, which the content security policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: 'es' },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/app/testSetup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    css: { modules: { classNameStrategy: 'non-scoped' } },
  },
});
