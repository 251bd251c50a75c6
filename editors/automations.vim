" Vim 8.1 and newer, with the plugin vim-lsp: put this file into ~/.vim/plugin/.
" `trusted`: v:true runs the plug-ins that a configuration names, in whatever repository you open.
" A separate file type: a server for `yaml` would be started for every YAML file.
augroup automations
  autocmd!
  autocmd BufNewFile,BufRead
        \ */.ona/config.yaml,
        \*/.ona/config.yml,
        \*/.ona/automations.yaml,
        \*/.ona/automations.yml,
        \*/.gitpod/automations.yaml,
        \*/.gitpod/automations.yml,
        \*/.ona/automations/*.yaml,
        \*/.ona/automations/*.yml,
        \*/.ona/ai-automations/*.yaml,
        \*/.ona/ai-automations/*.yml,
        \*/ona/ai-automations/*.yaml,
        \*/ona/ai-automations/*.yml
        \ set filetype=yaml.automations
  autocmd User lsp_setup call lsp#register_server({
        \ 'name': 'automation-validator',
        \ 'cmd': {server -> ['automation-validator', 'lsp']},
        \ 'allowlist': ['yaml.automations'],
        \ 'languageId': {server -> 'yaml'},
        \ 'initialization_options': {'trusted': v:false},
        \ })
augroup END
