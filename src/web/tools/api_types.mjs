// Makes api/schema.ts from the server's OpenAPI document, docs/openapi.json:
//     npm run api-types              writes it
//     npm run api-types -- --check   fails when the one that is there is not current
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';

const source = new URL('../../../docs/openapi.json', import.meta.url);
const target = new URL('../api/schema.ts', import.meta.url);

const header = `// Generated from docs/openapi.json by tools/api_types.mjs; do not edit. A new document and new
// types: cmake --build --preset dev --target api_types. Only the types: npm run api-types.

`;

/** The schema of what a successful call answers in JSON. */
function answerOf(operation) {
    const [, good] =
        Object.entries(operation.responses).find(([status]) => status.startsWith('2')) ?? [];
    return good?.content?.['application/json']?.schema;
}

/** The query string as an object: all of it may miss. */
function queryOf(operation, parameters) {
    const properties = {};
    for (const one of operation.parameters ?? []) {
        const parameter = one.$ref ? parameters[one.$ref.split('/').at(-1)] : one;
        if (parameter.in === 'query') properties[parameter.name] = parameter.schema;
    }
    return Object.keys(properties).length > 0 ? { type: 'object', properties } : undefined;
}

function objectOf(properties) {
    return { type: 'object', properties, required: Object.keys(properties) };
}

/**
 * The document without what no caller needs as a type: paths and errors. What each operation takes
 * and gives becomes a member, by its id, of the components Answers, Bodies and Queries.
 */
function reduced({ openapi, info, paths, components }) {
    const parts = { Answers: {}, Bodies: {}, Queries: {} };
    for (const operation of Object.values(paths).flatMap((path) => Object.values(path))) {
        const found = {
            Answers: answerOf(operation),
            Bodies: operation.requestBody?.content?.['application/json']?.schema,
            Queries: queryOf(operation, components.parameters),
        };
        for (const [part, schema] of Object.entries(found)) {
            if (schema) parts[part][operation.operationId] = schema;
        }
    }
    const schemas = { ...components.schemas };
    for (const [part, members] of Object.entries(parts)) {
        if (part in schemas) throw new Error(`the document has a component ${part} of its own`);
        schemas[part] = objectOf(members);
    }
    return { openapi, info, paths: {}, components: { schemas } };
}

const document = JSON.parse(readFileSync(source, 'utf8'));
const nodes = await openapiTS(reduced(document), { emptyObjectsUnknown: true });
const made = header + astToString(nodes.filter((node) => node.name?.text === 'components'));

if (!process.argv.includes('--check')) {
    writeFileSync(target, made);
} else if (readFileSync(target, 'utf8') !== made) {
    console.error(
        `${fileURLToPath(target)} is not what docs/openapi.json gives: npm run api-types`,
    );
    process.exit(1);
}
