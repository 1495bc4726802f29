import { tellOnPages } from './story/told.ts'

tellOnPages('zh-CN', 1440)
