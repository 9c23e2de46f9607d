import { kindOfStatus, noted } from '@/api/client';
import { ApiError, errorKind } from '@/api/errors';

interface Refusal {
  readonly code?: string;
  readonly message?: string;
  readonly field?: string;
  readonly correlation?: string;
}

function refusal(request: XMLHttpRequest): ApiError {
  try {
    const { code, message, field, correlation } = JSON.parse(request.responseText) as Refusal;
    return noted(new ApiError(code ? errorKind(code) : kindOfStatus(request.status), message ?? '', field ?? null, correlation ?? null));
  } catch {
    return noted(new ApiError(kindOfStatus(request.status), request.statusText));
  }
}

/** Streams a source file to its import; `told` hears how many bytes have left. Rejects with ApiError. */
export function upload(space: string, importId: string, file: File, told: (sent: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    // fetch tells nothing of how far a body has got; XMLHttpRequest does.
    const request = new XMLHttpRequest();
    request.open('PUT', `/imports/${encodeURIComponent(importId)}/file?space=${encodeURIComponent(space)}`);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded }) => told(loaded);
    request.onload = () => (request.status < 300 ? resolve() : reject(refusal(request)));
    request.onerror = () => reject(noted(new ApiError('OFFLINE', 'unreachable')));
    request.send(file);
  });
}
