/// <reference types="vitest/config" />
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { readSchema } from './tools/schema.mjs';

/** The server replaces the placeholder by its URL prefix; the development server has none. */
function urlPrefix(): Plugin {
  return {
    name: 'fleet-url-prefix',
    apply: 'serve',
    transformIndexHtml: (html) => html.replaceAll('{{URL_PREFIX}}', ''),
  };
}

/** The font loads with the page, not when a style asks for it: text that changes its width moves. */
function fontPreload(): Plugin {
  return {
    name: 'fleet-font-preload',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle }) =>
        Object.keys(bundle ?? {})
          .filter((name) => name.includes('inter-latin-wght-normal'))
          .map((name) => ({
            tag: 'link',
            attrs: {
              rel: 'preload',
              href: `./${name}`,
              as: 'font',
              type: 'font/woff2',
              crossorigin: '',
            },
            // After the base element.
            injectTo: 'head',
          })),
    },
  };
}

/** `schema.json`: osquery's tables and columns, for completion in the SQL editor. */
function osquerySchema(): Plugin {
  const source = fileURLToPath(new URL('../sql/osquery_schema.inc', import.meta.url));
  return {
    name: 'fleet-osquery-schema',
    generateBundle() {
      const text = JSON.stringify(readSchema(source));
      this.emitFile({ type: 'asset', fileName: 'schema.json', source: text });
    },
    configureServer(server) {
      server.middlewares.use('/schema.json', (_, response) => {
        response.setHeader('Content-Type', 'application/json');
        response.end(JSON.stringify(readSchema(source)));
      });
    },
  };
}

const backend = process.env.FLEET_URL ?? 'https://127.0.0.1:8412';

export default defineConfig({
  base: './',
  plugins: [react(), urlPrefix(), fontPreload(), osquerySchema()],
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
    rolldownOptions: {
      output: {
        // What the SQL editor and the one of agent options share, under a name that budgets know.
        advancedChunks: {
          groups: [
            {
              name: 'editor',
              test: /node_modules\/(@codemirror\/(?!lang-yaml)|@lezer\/(?!yaml)|style-mod|crelt|w3c-keyname)/,
            },
          ],
        },
      },
    },
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
    testTimeout: 20_000,
  },
});
