/// <reference types="vitest/config" />
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** The server replaces the placeholder by its URL prefix; the development server has none. */
function urlPrefix(): Plugin {
  return {
    name: 'fleet-url-prefix',
    apply: 'serve',
    transformIndexHtml: (html) => html.replaceAll('{{URL_PREFIX}}', ''),
  };
}

const backend = process.env.FLEET_URL ?? 'https://127.0.0.1:8412';

export default defineConfig({
  base: './',
  plugins: [react(), urlPrefix()],
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  css: { modules: { localsConvention: 'camelCaseOnly' } },
  build: {
    outDir: process.env.FLEET_WEB_OUT ?? 'dist',
    emptyOutDir: true,
    assetsDir: 'assets',
    // Data URLs would need a wider content security policy for fonts and scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    proxy: { '/api': { target: backend, secure: false, changeOrigin: true, ws: true } },
  },
  test: {
    // Few tests need a document; those ask for jsdom in their first line.
    environment: 'node',
    pool: 'threads',
    include: ['**/*.test.{ts,tsx}'],
    exclude: ['node_modules/**'],
  },
});
