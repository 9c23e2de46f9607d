import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';
import { startLanguage } from '@/text/language';

await startLanguage(['en']);

afterEach(cleanup);

// jsdom's files cannot be read by themselves, and what reads them gives bytes of another realm.
Object.defineProperty(Blob.prototype, 'arrayBuffer', {
  value(this: Blob): Promise<ArrayBuffer> {
    return new Promise((resolve) => {
      const reader = new FileReader();
      reader.onload = () => resolve(Uint8Array.from(new Uint8Array(reader.result as ArrayBuffer)).buffer);
      reader.readAsArrayBuffer(this);
    });
  },
});

// jsdom lays nothing out, so there is nothing to scroll.
Element.prototype.scrollIntoView = () => undefined;
