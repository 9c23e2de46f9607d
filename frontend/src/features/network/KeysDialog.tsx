import type { ReactNode } from 'react';
import { t, type TextKey } from '@/text/text';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Check } from '@/ui/Field';
import controls from '@/ui/controls.module.css';
import styles from '@/features/network/dialogs.module.css';

const KEYS: readonly (readonly [readonly string[], Extract<TextKey, `network.keys.${string}`>])[] = [
  [['E'], 'network.keys.expand'], [['P'], 'network.keys.path'], [['H'], 'network.keys.hide'], [['G'], 'network.keys.group'], [['N'], 'network.keys.entity'],
  [['K'], 'network.keys.link'], [['L'], 'network.keys.legend'], [['T'], 'network.keys.table'], [['/'], 'network.keys.find'],
  [['+', '−', '0'], 'network.keys.zoom'], [['←', '→', '↑', '↓'], 'network.keys.arrows'], [['Enter'], 'network.keys.open'],
  [['Space'], 'network.keys.toggle'], [['Ctrl Z', 'Shift Ctrl Z'], 'network.keys.undo'], [['Esc'], 'network.keys.clear'], [['Menu', 'Shift F10'], 'network.keys.menu'],
];

const STORED = 'joinder.letters';

/** Whether single-letter keys work; a setting of this browser. */
export const lettersStored = (): boolean => localStorage.getItem(STORED) !== 'off';

interface Properties {
  readonly letters: boolean;
  readonly onLetters: (on: boolean) => void;
  readonly onClose: () => void;
}

/** The keys of the chart, and the switch that turns single letters off. */
export function KeysDialog({ letters, onLetters, onClose }: Properties): ReactNode {
  return (
    <Dialog title={t('network.keys.title')} onClose={onClose} actions={<Button onClick={onClose}>{t('ui.close')}</Button>}>
      <p>{t('network.keys.note')}</p>
      <dl className={styles['keys']}>
        {KEYS.map(([keys, words]) => (
          <div key={words}><dt>{keys.map((key) => <kbd key={key} className={controls['key']}>{key}</kbd>)}</dt><dd>{t(words)}</dd></div>
        ))}
      </dl>
      <Check label={t('network.keys.letters')} checked={letters} onChange={(on) => {
        localStorage.setItem(STORED, on ? 'on' : 'off');
        onLetters(on);
      }} />
    </Dialog>
  );
}
