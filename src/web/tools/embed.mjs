// Turns a folder of built files, and compressed versions of them, into a C++ file that includes
// them (`.incbin`) and describes them in a table. Usage: embed.mjs <folder> <output folder>
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const [folder, output] = process.argv.slice(2);
const packed = join(output, 'packed');

const types = {
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript; charset=utf-8',
    '.css': 'text/css; charset=utf-8',
    '.json': 'application/json; charset=utf-8',
    '.svg': 'image/svg+xml; charset=utf-8',
    '.woff2': 'font/woff2',
    '.png': 'image/png',
    '.ico': 'image/x-icon',
    '.txt': 'text/plain; charset=utf-8',
};
const alreadyPacked = new Set(['.woff2', '.png']);

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Small files gain less than the header that would announce it costs. */
function worth(small, original) {
    return small.length + 64 < original.length ? small : null;
}

async function describe(path) {
    const content = readFileSync(join(folder, path));
    const extension = extname(path);
    const type = types[extension];
    if (!type) throw new Error(`${path}: no content type known for ${extension}`);
    // The server changes index.html, and compresses its own copy.
    const compress = !alreadyPacked.has(extension) && path !== 'index.html';
    return {
        path: `/${path}`,
        type,
        etag: createHash('sha256').update(content).digest('hex').slice(0, 24),
        immutable: path.startsWith('assets/'),
        content,
        gzip: compress ? worth(await zip(content, { level: 9 }), content) : null,
        brotli: compress
            ? worth(
                  await brotli(content, {
                      params: {
                          [constants.BROTLI_PARAM_QUALITY]: 11,
                          [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
                      },
                  }),
                  content,
              )
            : null,
    };
}

rmSync(packed, { recursive: true, force: true });
mkdirSync(packed, { recursive: true });

const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
const files = await Promise.all(paths.map(describe));
// The table is searched by bisection, which compares bytes.
files.sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));

const assembler = ['    .pushsection .rodata, "a", @progbits'];
const declarations = [];
const rows = [];

function blob(name, content) {
    if (!content) return '{}';
    const file = join(packed, name);
    writeFileSync(file, content);
    const symbol = `fleet_web_${name}`;
    assembler.push(
        `    .global ${symbol}`,
        '    .balign 16',
        `${symbol}:`,
        `    .incbin ${JSON.stringify(file)}`,
    );
    declarations.push(`extern const std::byte ${symbol}[${content.length}];`);
    return `{${symbol}, ${content.length}}`;
}

files.forEach((file, index) => {
    const spans = ['content', 'gzip', 'brotli'].map((kind) => blob(`${index}_${kind}`, file[kind]));
    rows.push(
        `    {${JSON.stringify(file.path)}, ${JSON.stringify(file.type)}, "\\"${file.etag}\\"",\n` +
            `     ${spans.join(', ')}, ${file.immutable}},`,
    );
});
assembler.push('    .popsection');

writeFileSync(
    join(output, 'assets_table.cpp'),
    `// Made by tools/embed.mjs.
#include "assets_table.hpp"

__asm__(R"asm(
${assembler.join('\n')}
)asm");

extern "C" {
${declarations.join('\n')}
}

namespace fleet::web::detail {

const Asset kAssets[] = {
${rows.join('\n')}
};
const std::size_t kAssetCount = ${files.length};

}  // namespace fleet::web::detail
`,
);
