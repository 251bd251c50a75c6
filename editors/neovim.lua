-- Neovim 0.11 and newer: put this file into ~/.config/nvim/plugin/.
local known_paths = {
  ".ona/config.yaml",
  ".ona/config.yml",
  ".ona/automations.yaml",
  ".ona/automations.yml",
  ".gitpod/automations.yaml",
  ".gitpod/automations.yml",
}
local folders = {
  ".ona/automations",
  ".ona/ai-automations",
  "ona/ai-automations",
}

vim.lsp.config("automation-validator", {
  cmd = { "automation-validator", "lsp" },
  filetypes = { "yaml" },
  -- true: run the plug-ins that a configuration names, in whatever repository you open.
  init_options = { trusted = false },
  -- The server is started for a buffer only if `start` is called.
  root_dir = function(buffer, start)
    local name = vim.fs.normalize(vim.api.nvim_buf_get_name(buffer))
    for _, path in ipairs(known_paths) do
      if vim.endswith(name, "/" .. path) then
        start(name:sub(1, -#path - 2))
      end
    end
    for _, folder in ipairs(folders) do
      if vim.endswith(vim.fs.dirname(name), "/" .. folder) then
        start(vim.fs.dirname(name):sub(1, -#folder - 2))
      end
    end
  end,
})
vim.lsp.enable("automation-validator")
