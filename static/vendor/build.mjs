/**
 * Bundle the libraries that the browser needs into one file, the same bytes on every machine.
 *
 *     node static/vendor/build.mjs            writes age.js, age.js.sha256 and age.LICENSES.txt here
 *     node static/vendor/build.mjs --check    rebuilds in memory; exit 1 if a committed file differs
 *
 * The versions are pinned by package-lock.json; run `npm ci --ignore-scripts` first.
 */
import { createHash } from "node:crypto"
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const HERE = dirname(fileURLToPath(import.meta.url))
const ROOT = join(HERE, "..", "..")

/** @returns {Promise<{code: Uint8Array, inputs: string[]}>} the bundle and the files inside it */
async function bundle() {
    const result = await build({
        absWorkingDir: ROOT, // paths in the bundle never depend on where it is built
        entryPoints: ["static/vendor/age.entry.js"],
        bundle: true,
        charset: "ascii", // read the same whatever encoding a server declares
        format: "esm",
        legalComments: "none", // age.LICENSES.txt carries the texts in full
        metafile: true,
        minify: true,
        outfile: "age.js",
        platform: "browser",
        target: "es2022",
        write: false,
    })
    return { code: result.outputFiles[0].contents, inputs: Object.keys(result.metafile.inputs) }
}

/**
 * @param {string[]} inputs  bundled files, relative to the project
 * @returns {string} name, version and licence text of every package in the bundle
 */
function licences(inputs) {
    const packages = new Set(inputs.map(packageOf).filter((folder) => folder !== null))
    return [...packages].sort().map(licence).join("\n")
}

/**
 * @param {string} input  a bundled file
 * @returns {string | null} the folder of the package it belongs to; null for our own files
 */
function packageOf(input) {
    const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)
    return found ? found[1] : null
}

/**
 * @param {string} folder  of one package, relative to the project
 * @returns {string} its name, version and licence text
 */
function licence(folder) {
    const about = JSON.parse(readFileSync(join(ROOT, folder, "package.json"), "utf8"))
    const file = readdirSync(join(ROOT, folder)).find((name) => /^licen[cs]e/i.test(name))
    if (!file) throw new Error(`${about.name} has no licence file`)
    const text = readFileSync(join(ROOT, folder, file), "utf8").trim()
    return `${"=".repeat(80)}\n${about.name} ${about.version} (${about.license})\n\n${text}\n`
}

/** @returns {Promise<Map<string, Uint8Array>>} file name to contents */
async function outputs() {
    const { code, inputs } = await bundle()
    const hash = createHash("sha256").update(code).digest("hex")
    return new Map([
        ["age.js", code],
        ["age.js.sha256", Buffer.from(`${hash}  age.js\n`)],
        ["age.LICENSES.txt", Buffer.from(licences(inputs))],
    ])
}

const checking = process.argv.includes("--check")
for (const [name, contents] of await outputs()) {
    const path = join(HERE, name)
    if (!checking) writeFileSync(path, contents)
    else if (!existsSync(path) || !readFileSync(path).equals(contents)) {
        console.error(`${name} is not what its sources give; run: node static/vendor/build.mjs`)
        process.exitCode = 1
    }
}
