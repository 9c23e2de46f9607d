import { Upload, type DetailedError } from 'tus-js-client';
import { attended } from '@/api/attendance';
import { kindOfStatus, noted } from '@/api/client';
import { ApiError, errorKind } from '@/api/errors';
import type { Derivation } from '@/api/generated/graphql';

/** How a file comes in. */
export interface Choices {
  readonly case: string;
  readonly title: string;
  readonly grade: string;
  readonly handling: string;
  /** Ids of markings. */
  readonly markings: readonly string[];
  readonly parent: string;
  /** What it is of its parent; empty where it has none. */
  readonly derivation: Derivation | '';
  readonly language: string;
  readonly zone: string;
}

/** What is sent: a file from its beginning, or the rest of one that was begun at an address. */
export type Errand =
  | { readonly space: string; readonly file: File; readonly choices: Choices; readonly address: null }
  | { readonly space: string; readonly file: File; readonly choices: Choices | null; readonly address: string };

/** What is heard of an errand. */
export interface Told {
  readonly begun: (address: string) => void;
  readonly sent: (bytes: number) => void;
  readonly done: (exhibit: string | null) => void;
  readonly failed: (error: ApiError) => void;
}

export interface Transport {
  /** Sends what is left of a file; gives back what stops it, and what has arrived stays. */
  readonly send: (errand: Errand, told: Told) => () => void;
  /** Ends an upload at the server: what had arrived is removed there. */
  readonly remove: (address: string) => Promise<void>;
}

/** So much goes in one request: after each the server asks anew whether the sender still may. */
const chunk = 32 << 20;

/** The metadata of an upload, as the protocol carries it. */
export function metadataOf(file: File, choices: Choices): Record<string, string> {
  const said = {
    filename: file.name, case: choices.case, title: choices.title, grade: choices.grade, handling: choices.handling,
    markings: choices.markings.join(' '), parent: choices.parent, zone: choices.zone,
    derivation: choices.derivation.toLowerCase(), language: choices.language,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== ''));
}

const answered = (error: Error | DetailedError): DetailedError['originalResponse'] => ('originalResponse' in error ? error.originalResponse : null);

/** A failure of the protocol as this page knows errors; without an answer the line is lost. */
export function refusalOf(error: Error | DetailedError): ApiError {
  const response = answered(error);
  const status = response?.getStatus() ?? 0;
  if (!response || status === 0) return new ApiError('OFFLINE', 'unreachable');
  try {
    const { code, message, field, correlation } = JSON.parse(response.getBody()) as Partial<Record<string, string>>;
    return new ApiError(code ? errorKind(code) : kindOfStatus(status), message ?? '', field ?? null, correlation ?? null);
  } catch {
    return new ApiError(kindOfStatus(status), '');
  }
}

function send({ space, file, choices, address }: Errand, told: Told): () => void {
  const where = address === null
    ? { endpoint: `/files/uploads?space=${encodeURIComponent(space)}`, metadata: metadataOf(file, choices) }
    : { uploadUrl: address };
  const upload = new Upload(file, {
    ...where,
    chunkSize: chunk,
    retryDelays: null,
    storeFingerprintForResuming: false,
    onBeforeRequest: (request) => {
      if (!attended()) request.setHeader('Joinder-Unattended', '1');
    },
    onUploadUrlAvailable: () => upload.url !== null && told.begun(upload.url),
    onProgress: (sent) => told.sent(sent),
    onSuccess: ({ lastResponse }) => told.done(lastResponse.getHeader('Joinder-Exhibit') ?? null),
    onError: (error) => told.failed(noted(refusalOf(error))),
  });
  upload.start();
  return () => void upload.abort();
}

async function remove(address: string): Promise<void> {
  await fetch(address, { method: 'DELETE', credentials: 'same-origin', headers: { 'Tus-Resumable': '1.0.0' } });
}

/** Sends by the tus protocol. Whether and when to try again is decided by whoever holds the errand. */
export const byTus: Transport = { send, remove };
