import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
import { attended } from '@/api/attendance';
import { reached, restarting, sessionEnded, unreachable } from '@/api/connection';
import { ApiError, errorKind } from '@/api/errors';
import { confirmStrong } from '@/api/strong';

/** A document made by `graphql(…)`; its types come from the schema. */
export type Document<Answer, Variables> = DocumentTypeDecoration<Answer, Variables> & {
  toString(): string;
  readonly __meta__?: Readonly<Record<string, unknown>> | undefined;
};

interface RawError {
  readonly message: string;
  readonly extensions?: { readonly code?: unknown; readonly field?: string; readonly correlation?: string };
}
interface RawAnswer<Answer> {
  readonly data?: Answer | null;
  readonly errors?: readonly RawError[];
}

/** Notes what a failure says about the connection, then gives it back to be thrown. */
export function noted(error: ApiError): ApiError {
  if (error.kind === 'RESTARTING') restarting();
  else if (error.kind === 'OFFLINE') unreachable();
  else reached();
  if (error.kind === 'UNAUTHENTICATED') sessionEnded(true);
  return error;
}

function toError(raw: RawError): ApiError {
  const { code, field, correlation } = raw.extensions ?? {};
  return new ApiError(errorKind(code), raw.message, field ?? null, correlation ?? null);
}

async function post(body: string, signal?: AbortSignal): Promise<Response> {
  try {
    return await fetch('/graphql', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...(attended() ? {} : { 'Joinder-Unattended': '1' }) },
      body,
      ...(signal ? { signal } : {}),
    });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw noted(new ApiError('OFFLINE', 'unreachable'));
  }
}

async function parse<Answer>(response: Response): Promise<RawAnswer<Answer>> {
  try {
    return (await response.json()) as RawAnswer<Answer>;
  } catch {
    throw noted(new ApiError(response.status === 503 ? 'RESTARTING' : 'INTERNAL', response.statusText));
  }
}

/** The name of the operation in a document, for cache keys. */
export function operationName(document: { toString(): string }): string {
  return /(?:query|mutation)\s+(\w+)/.exec(document.toString())?.[1] ?? 'unnamed';
}

/** What is sent: the hash by which the server knows a document of these pages, or its text, which a server of another build takes too. */
export function requestBody<Answer, Variables>(document: Document<Answer, Variables>, variables: Variables, byHash: boolean): string {
  const hash = document.__meta__?.['hash'];
  const said = byHash && hash !== undefined ? { documentId: hash } : { query: document.toString() };
  return JSON.stringify({ ...said, operationName: operationName(document), variables });
}

/**
 * Asks the server. Throws ApiError; an answer with errors counts as failed, whatever data it holds.
 * Where a strong sign-in is demanded, the person is asked to confirm that it is them, and what they began goes on afterwards.
 */
export async function ask<Answer, Variables>(
  document: Document<Answer, Variables>, variables: Variables, signal?: AbortSignal, again = false,
): Promise<Answer> {
  const response = await post(requestBody(document, variables, import.meta.env.PROD), signal);
  const answer = await parse<Answer>(response);
  const first = answer.errors?.[0];
  if (first) {
    const error = noted(toError(first));
    if (error.kind === 'STEP_UP' && !again && await confirmStrong()) return ask(document, variables, signal, true);
    throw error;
  }
  if (!answer.data) throw noted(refusal(response.status, answer));
  reached();
  return answer.data;
}

/** The error in the body of a refusal, or what its status says of it. */
export function refusal(status: number, body: unknown): ApiError {
  const { code, message, field, correlation } = (body ?? {}) as Record<string, string | undefined>;
  return new ApiError(code ? errorKind(code) : kindOfStatus(status), message ?? '', field ?? null, correlation ?? null);
}

/** The error kind of an HTTP status, where no code was sent. */
export function kindOfStatus(status: number): ReturnType<typeof errorKind> {
  switch (status) {
    case 400: return 'INVALID';
    case 401: return 'UNAUTHENTICATED';
    case 403: return 'FORBIDDEN';
    case 404: return 'NOT_FOUND';
    case 409: return 'CONFLICT';
    case 502: case 504: return 'OFFLINE';
    case 503: return 'RESTARTING';
    default: return 'INTERNAL';
  }
}
