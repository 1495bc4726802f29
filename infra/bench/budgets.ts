/** What the first load of a page may weigh and take, on a phone (`phone` in first-load.ts). */
export type Budget = { readonly kb: number; readonly seconds: number; readonly usable: string }

const nothingLoading = "!document.querySelector('main .loading, main [aria-busy=true]')"

export const budgets = {
  /** What is on, ready to be pressed. */
  student: { kb: 220, seconds: 2, usable: "document.querySelector('main article .tile-foot .button')" },
  /** What is on its way, duties by unit, registers and who has not handed in. */
  desk: {
    kb: 400,
    seconds: 3,
    usable: `document.querySelectorAll('main section').length > 4 && document.querySelector('main table tbody tr') && ${nothingLoading}`,
  },
  /** The list of who is expected. */
  door: { kb: 60, seconds: 1, usable: "document.querySelector('.door-rows li')" },
} as const satisfies Record<string, Budget>
