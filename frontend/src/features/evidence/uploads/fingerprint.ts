const looked = 65_536;

const hex = (bytes: ArrayBuffer): string => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** A hash in hexadecimal: what is kept in the browser tells nothing of what it was made from. */
export const hashed = async (data: BufferSource): Promise<string> => hex(await crypto.subtle.digest('SHA-256', data));

const said = (...parts: readonly string[]): Uint8Array<ArrayBuffer> => new TextEncoder().encode(parts.join('\n'));

/** What tells a file from others, for one person in one space: its name, size, date and both ends. */
export async function fingerprint(owner: string, file: File): Promise<string> {
  const ends = await Promise.all([file.slice(0, looked), file.slice(Math.max(0, file.size - looked))].map(async (part) => hashed(new Uint8Array(await part.arrayBuffer()))));
  return hashed(said(owner, file.name, String(file.size), String(file.lastModified), ...ends));
}

/** The same of how a file is to come in: one begun under other markings is not gone on with in silence. */
export const fingerprintOf = (owner: string, choices: Readonly<Record<string, string>>): Promise<string> =>
  hashed(said(owner, ...Object.entries(choices).toSorted().map(([name, value]) => `${name}=${value}`)));
