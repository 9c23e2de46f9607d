import { serverText } from '@/text/server';

/** The kinds of errors a person can meet; the server's four, and what the network and the session add. */
export type ErrorKind =
  | 'NOT_FOUND' | 'FORBIDDEN' | 'CONFLICT' | 'INVALID'
  | 'UNAUTHENTICATED' | 'SECOND_STEP' | 'STEP_UP' | 'RESTARTING' | 'OFFLINE' | 'INTERNAL';

const known: ReadonlySet<string> = new Set<ErrorKind>([
  'NOT_FOUND', 'FORBIDDEN', 'CONFLICT', 'INVALID', 'UNAUTHENTICATED', 'SECOND_STEP', 'STEP_UP', 'RESTARTING', 'OFFLINE', 'INTERNAL',
]);

export const errorKind = (code: unknown): ErrorKind =>
  typeof code === 'string' && known.has(code) ? (code as ErrorKind) : 'INTERNAL';

/** A refused or failed request. `field` names the argument at fault; `correlation` is the code for an administrator. */
export class ApiError extends Error {
  constructor(
    readonly kind: ErrorKind,
    message: string,
    readonly field: string | null = null,
    readonly correlation: string | null = null,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

/** True where asking again later may help, with nothing for the person to do. */
export const passes = (error: unknown): boolean =>
  error instanceof ApiError && (error.kind === 'OFFLINE' || error.kind === 'RESTARTING');

/** The text of a refusal that is about this field of a form, or null. */
export const problemAt = (error: unknown, field: string): string | null =>
  error instanceof ApiError && error.kind === 'INVALID' && error.field === field ? serverText(error.message) : null;

/** The error unless one of the fields shows it. */
export const problemBeside = (error: ApiError | null, fields: readonly string[]): ApiError | null =>
  error?.kind === 'INVALID' && fields.includes(error.field ?? '') ? null : error;
