import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';
import { startLanguage } from '@/text/language';

await startLanguage(['en']);

afterEach(cleanup);
