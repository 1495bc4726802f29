import { tellOnPages } from './story/told.ts'

tellOnPages('en', 360)
