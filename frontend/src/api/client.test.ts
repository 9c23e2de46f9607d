import { afterEach, describe, expect, it, vi } from 'vitest';
import { ask, kindOfStatus, operationName, requestBody, type Document } from '@/api/client';
import { ApiError } from '@/api/errors';

const document = 'query Thing($id: ID!) { thing(id: $id) }' as unknown as Document<{ thing: string }, { id: string }>;
const answers = (body: unknown, status = 200): void => {
  vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response(JSON.stringify(body), { status }))));
};
const refused = async (): Promise<ApiError> => {
  const error: unknown = await ask(document, { id: '1' }).catch((cause: unknown) => cause);
  if (error instanceof ApiError) return error;
  throw new Error('not refused');
};

afterEach(() => vi.unstubAllGlobals());

describe('ask', () => {
  it('gives the data', async () => {
    answers({ data: { thing: 'x' } });
    await expect(ask(document, { id: '1' })).resolves.toEqual({ thing: 'x' });
  });

  it('sends same-origin JSON with the name of the operation', async () => {
    answers({ data: { thing: 'x' } });
    await ask(document, { id: '1' });
    const [, init] = vi.mocked(fetch).mock.calls[0] ?? [];
    expect(JSON.parse(init?.body as string)).toMatchObject({ operationName: 'Thing', variables: { id: '1' } });
    expect(init?.credentials).toBe('same-origin');
  });

  it('throws the kind, field and code of an error, whatever data came with it', async () => {
    answers({ data: { thing: 'x' }, errors: [{ message: 'No.', extensions: { code: 'INVALID', field: 'id', correlation: '7F3K' } }] });
    expect(await refused()).toMatchObject({ kind: 'INVALID', field: 'id', correlation: '7F3K', message: 'No.' });
  });

  it('takes an unknown code for an internal error', async () => {
    answers({ errors: [{ message: '', extensions: { code: 'TEAPOT' } }] });
    expect((await refused()).kind).toBe('INTERNAL');
  });

  it('reads the body of a refusal before GraphQL', async () => {
    answers({ code: 'RESTARTING', message: '' }, 503);
    expect((await refused()).kind).toBe('RESTARTING');
  });

  it('calls a failed connection offline', async () => {
    vi.stubGlobal('fetch', vi.fn(() => Promise.reject(new TypeError('failed'))));
    expect((await refused()).kind).toBe('OFFLINE');
  });
});

it.each([[400, 'INVALID'], [401, 'UNAUTHENTICATED'], [403, 'FORBIDDEN'], [404, 'NOT_FOUND'], [409, 'CONFLICT'], [500, 'INTERNAL'], [503, 'RESTARTING']])(
  'status %i means %s', (status, kind) => expect(kindOfStatus(status)).toBe(kind));

it('names an operation', () => expect(operationName('mutation AddLink($a: ID!) { x }')).toBe('AddLink'));

describe('requestBody', () => {
  const hashed = Object.assign(Object('query Thing { thing }') as typeof document, { __meta__: { hash: 'abc' } });

  it('names a document of these pages by its hash', () =>
    expect(JSON.parse(requestBody(hashed, { id: '1' }, true))).toEqual({ documentId: 'abc', operationName: 'Thing', variables: { id: '1' } }));

  it('sends the text to a server of another build, and where there is no hash', () => {
    expect(JSON.parse(requestBody(hashed, { id: '1' }, false))).toMatchObject({ query: 'query Thing { thing }' });
    expect(JSON.parse(requestBody(document, { id: '1' }, true))).toHaveProperty('query');
  });
});
