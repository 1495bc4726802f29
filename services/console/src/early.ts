import { askAhead } from './api/ahead.ts'
import { isHere } from './api/here.ts'
import { endings, preferred, shells } from './i18n/shells.ts'

// Runs while the libraries are still on their way, and sends for what is asked next whoever is there: words, the first page, and what it shows.
const language = preferred()
document.documentElement.lang = language
const asked = isHere() ? ['/session', ...(location.pathname === '/' ? ['/me', '/activities/open?limit=12'] : [])] : []
for (const path of asked) askAhead(`/api/v1${path}`, language)

const words = import.meta.glob<object>('./pages/home/words.*.json', { import: 'default' })
const files = [
  shells[language],
  ...(location.pathname === '/' ? [() => import('./pages/home/home.tsx'), words[`./pages/home/words.${endings[language]}.json`]] : []),
]
// What does not arrive is asked for again when it is needed.
for (const load of files) load?.().catch(() => {})
