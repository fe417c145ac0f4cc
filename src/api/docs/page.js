// Renders the OpenAPI document of this server. No library: the document is ours, and so is the
// subset of JSON Schema that it uses.
'use strict'

const documentUrl = document.currentScript.dataset.document
const byId = (id) => document.getElementById(id)

function element(tag, options = {}, ...children) {
  const { className, ...attributes } = options
  const node = document.createElement(tag)
  if (className) node.className = className
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value)
  node.append(...children)
  return node
}

/** Text in which `code` stands between back quotes. */
function prose(text) {
  const parts = text.split('`')
  return parts.map((part, i) => (i % 2 ? element('code', {}, part) : part))
}

const resolve = (api, node) =>
  node && node.$ref ? node.$ref.slice(2).split('/').reduce((at, key) => at[key], api) : node

/** A schema as an outline: names, types, what may be null or absent. */
function outline(api, schema, indent = '', seen = []) {
  if (schema.anyOf) return outline(api, schema.anyOf[0], indent, seen) + ' or null'
  if (schema.$ref) {
    if (seen.includes(schema.$ref)) return schema.$ref.split('/').pop()
    seen = [...seen, schema.$ref]
    schema = resolve(api, schema)
  }
  const types = [schema.type ?? 'anything'].flat()
  const orNull = types.includes('null') ? ' or null' : ''
  const type = types[0]
  if (schema.enum) return schema.enum.filter((v) => v !== null).map((v) => `"${v}"`).join(' | ') + orNull
  if (type === 'array') return `[${outline(api, schema.items, indent, seen)}]${orNull}`
  if (type !== 'object') return (schema.format === 'date-time' ? 'time' : type) + orNull
  if (schema.properties) {
    const inner = indent + '  '
    const lines = Object.entries(schema.properties).map(([name, property]) => {
      const mark = (schema.required ?? []).includes(name) ? '' : '?'
      return `${inner}${name}${mark}: ${outline(api, property, inner, seen)}`
    })
    return `{\n${lines.join('\n')}\n${indent}}${orNull}`
  }
  const value = schema.additionalProperties
  return (value ? `{any name: ${outline(api, value, indent, seen)}}` : '{…}') + orNull
}

function parameterTable(api, parameters) {
  const rows = parameters.map((parameter) => {
    const one = resolve(api, parameter)
    const about = [one.in === 'path' ? 'In the path. ' : '', ...prose(one.description ?? '')]
    return element(
      'tr',
      {},
      element('td', {}, element('code', {}, one.name)),
      element('td', { className: 'soft' }, outline(api, one.schema)),
      element('td', {}, ...about),
    )
  })
  return element('table', {}, element('tbody', {}, ...rows))
}

const jsonSchema = (content) => Object.values(content ?? {})[0]?.schema

/** The part below an endpoint's line; made when it is opened. */
function details(api, path, operation) {
  const out = element('div')
  const servers = operation.servers ?? api.servers
  const versions = servers[0].variables?.version.enum
  const base = servers[0].url === '/' ? '' : servers[0].url
  out.append(element('p', { className: 'soft' }, element('code', {}, base + path)))
  if (versions && versions.length < 3) out.append(element('p', {}, `Only under ${versions.join(', ')}.`))
  if (operation.description) out.append(element('p', {}, ...prose(operation.description)))
  if (operation.security?.length === 0) out.append(element('p', {}, 'Needs no token.'))
  if (operation.parameters) {
    out.append(element('h4', {}, 'Parameters'), parameterTable(api, operation.parameters))
  }
  const body = jsonSchema(operation.requestBody?.content)
  if (body) out.append(element('h4', {}, 'Request body'), element('pre', {}, outline(api, body)))
  for (const [status, answer] of Object.entries(operation.responses)) {
    if (!status.startsWith('2')) continue
    out.append(element('h4', {}, `Answer ${status}`))
    const schema = jsonSchema(answer.content)
    out.append(element('pre', {}, schema ? outline(api, schema) : 'nothing'))
  }
  return out
}

function endpoint(api, path, method, operation) {
  const node = element(
    'details',
    { className: 'endpoint', id: operation.operationId },
    element(
      'summary',
      {},
      element('span', { className: `method ${method}` }, method.toUpperCase()),
      element('code', { className: 'path' }, path),
      element('span', { className: 'soft' }, operation.summary),
    ),
  )
  node.addEventListener('toggle', () => {
    if (node.open && node.children.length === 1) node.append(details(api, path, operation))
  })
  const names = (operation.parameters ?? []).map((p) => resolve(api, p).name)
  const body = Object.keys(jsonSchema(operation.requestBody?.content)?.properties ?? {})
  const words = [method, path, operation.summary, operation.description ?? '', operation.operationId]
  node.dataset.words = [...words, ...names, ...body].join(' ').toLowerCase()
  return node
}

function render(api) {
  const main = byId('content')
  byId('about').replaceChildren(...prose(api.info.description))
  for (const { name } of api.tags) {
    const id = 'group-' + name.toLowerCase().replace(/[^a-z]+/g, '-')
    const section = element('section', { id }, element('h2', {}, name))
    for (const [path, item] of Object.entries(api.paths)) {
      for (const [method, operation] of Object.entries(item)) {
        if (operation.tags[0] === name) section.append(endpoint(api, path, method, operation))
      }
    }
    main.append(section)
    byId('groups').append(element('li', {}, element('a', { href: '#' + id }, name)))
  }
}

/** Shows the endpoints that hold every word of the search. */
function filter() {
  const words = byId('search').value.toLowerCase().split(/\s+/).filter(Boolean)
  let shown = 0
  for (const node of document.querySelectorAll('.endpoint')) {
    node.hidden = !words.every((word) => node.dataset.words.includes(word))
    if (!node.hidden) shown += 1
  }
  for (const section of document.querySelectorAll('section')) {
    section.hidden = !section.querySelector('.endpoint:not([hidden])')
  }
  byId('found').textContent = `${shown} endpoint${shown === 1 ? '' : 's'}`
}

function openFromAddress() {
  const node = location.hash && byId(decodeURIComponent(location.hash.slice(1)))
  if (!node) return
  if (node.tagName === 'DETAILS') node.open = true
  node.scrollIntoView()
}

async function start() {
  const answer = await fetch(documentUrl)
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`)
  render(await answer.json())
  byId('search').addEventListener('input', filter)
  window.addEventListener('hashchange', openFromAddress)
  filter()
  openFromAddress()
}

start().catch((error) => {
  byId('about').textContent = `The description could not be loaded (${error.message}). Load the page again.`
})
