import '@/app/fonts';
import '@/app/tokens.css';
import '@/app/global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from '@/app/App';
import { applyLook } from '@/app/theme';
import { startLanguage } from '@/text/language';

applyLook();
await startLanguage();
const root = document.getElementById('root');
if (root) createRoot(root).render(<StrictMode><App /></StrictMode>);
