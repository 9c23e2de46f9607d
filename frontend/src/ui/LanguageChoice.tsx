import type { ReactNode } from 'react';
import { useLanguage } from '@/text/language';
import { languages, ownName } from '@/text/languages';
import { t } from '@/text/text';
import { speakHere } from '@/ui/speakHere';
import styles from '@/ui/controls.module.css';

/** The languages in their own words, all in sight: for pages before the sign-in. */
export function LanguageChoice(): ReactNode {
  const spoken = useLanguage();
  return (
    <div role="group" aria-label={t('language.label')} className={styles['segments']}>
      {languages.map((language) => (
        <button key={language} type="button" lang={language} className={styles['segment']} aria-pressed={language === spoken}
          onClick={() => speakHere(language)}>
          {ownName(language)}
        </button>
      ))}
    </div>
  );
}
